#define _GNU_SOURCE
#include "attempts.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/openat2.h>
#include <linux/perf_event.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ATTEMPT(function) static int function(const struct target *target __attribute__((unused)))
#define RESULT(expression) return (expression) < 0 ? errno : 0

static const char *in(const struct target *target, const char *name) {
    static char path[2][4096];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", target->folder, name);
    return path[turn];
}

// Files.
ATTEMPT(read_passwd) { RESULT(open("/etc/passwd", O_RDONLY)); }
ATTEMPT(read_secret) { RESULT(open(in(target, "secret"), O_RDONLY)); }
ATTEMPT(read_secret_openat2) {
    struct open_how how = {.flags = O_RDONLY};
    RESULT(syscall(SYS_openat2, AT_FDCWD, in(target, "secret"), &how, sizeof how));
}
ATTEMPT(look_at_secret) {
    struct stat status;
    RESULT(stat(in(target, "secret"), &status));
}
ATTEMPT(probe_secret) { RESULT(access(in(target, "secret"), F_OK)); }
ATTEMPT(read_parents_environment) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/environ", target->parent);
    RESULT(open(path, O_RDONLY));
}
ATTEMPT(read_parents_memory_file) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/mem", target->parent);
    RESULT(open(path, O_RDONLY));
}
ATTEMPT(read_own_link) {
    char path[256];
    RESULT(readlink("/proc/self/exe", path, sizeof path));
}
ATTEMPT(list_root) { RESULT(open("/", O_RDONLY | O_DIRECTORY)); }
ATTEMPT(create_file) { RESULT(open(in(target, "made"), O_WRONLY | O_CREAT, 0600)); }
ATTEMPT(create_in_tmp) {
    char path[64];
    snprintf(path, sizeof path, "/tmp/colophon-hostile-%d", getpid());
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0) return errno;
    unlink(path);
    return 0;
}
ATTEMPT(truncate_secret) { RESULT(truncate(in(target, "secret"), 0)); }
ATTEMPT(delete_other) { RESULT(unlink(in(target, "other"))); }
ATTEMPT(rename_other) { RESULT(rename(in(target, "other"), in(target, "moved"))); }
ATTEMPT(link_secret) { RESULT(link(in(target, "secret"), in(target, "linked"))); }
ATTEMPT(symlink_secret) { RESULT(symlink("/etc/passwd", in(target, "pointer"))); }
ATTEMPT(make_folder) { RESULT(mkdir(in(target, "folder"), 0700)); }
ATTEMPT(make_pipe) { RESULT(mkfifo(in(target, "pipe"), 0600)); }
ATTEMPT(open_secret_to_all) { RESULT(chmod(in(target, "secret"), 0777)); }
ATTEMPT(give_secret_away) { RESULT(chown(in(target, "secret"), getuid(), getgid())); }
ATTEMPT(change_folder) { RESULT(chdir("/")); }
ATTEMPT(change_root) { RESULT(chroot(target->folder)); }
ATTEMPT(mount_something) {
    if (mount("none", in(target, "mount"), "tmpfs", 0, NULL) != 0) return errno;
    umount2(in(target, "mount"), MNT_DETACH);
    return 0;
}
ATTEMPT(file_in_memory) { RESULT(syscall(SYS_memfd_create, "x", 0)); }
ATTEMPT(copy_descriptor) { RESULT(dup2(1, 20)); }

// The network.
static int connected(int domain, int type, const void *address, socklen_t length) {
    int made = socket(domain, type, 0);
    if (made < 0) return errno;
    return connect(made, address, length) == 0 ? 0 : errno;
}
ATTEMPT(connect_tcp) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)target->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return connected(AF_INET, SOCK_STREAM, &address, sizeof address);
}
ATTEMPT(connect_udp) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(53), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return connected(AF_INET, SOCK_DGRAM, &address, sizeof address);
}
ATTEMPT(listen_tcp) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int made = socket(AF_INET, SOCK_STREAM, 0);
    if (made < 0) return errno;
    if (bind(made, (struct sockaddr *)&address, sizeof address) != 0) return errno;
    RESULT(listen(made, 1));
}
ATTEMPT(socket_raw) { RESULT(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)); }
ATTEMPT(socket_netlink) { RESULT(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE)); }
ATTEMPT(socket_pair) {
    int pair[2];
    RESULT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
}
ATTEMPT(bind_abstract) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path + 1, 60, "colophon-hostile-%d", getpid());
    int made = socket(AF_UNIX, SOCK_STREAM, 0);
    if (made < 0) return errno;
    RESULT(bind(made, (struct sockaddr *)&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length)));
}

// Other processes, and more of them.
static int reaped(pid_t child) {
    if (child == 0) _exit(0);
    if (child < 0) return errno;
    waitpid(child, NULL, 0);
    return 0;
}
ATTEMPT(fork_once) { return reaped(fork()); }
ATTEMPT(clone_raw) { return reaped((pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }
ATTEMPT(clone_three) {
    uint64_t arguments[8] = {0, 0, 0, 0, SIGCHLD, 0, 0, 0};
    return reaped((pid_t)syscall(435, arguments, sizeof arguments));
}
static void *nothing(void *argument) { return argument; }
ATTEMPT(start_thread) {
    pthread_t thread;
    int failed = pthread_create(&thread, NULL, nothing, NULL);
    if (failed == 0) pthread_join(thread, NULL);
    return failed;
}
ATTEMPT(execute) {
    char *const words[] = {"true", NULL};
    execve("/bin/true", words, NULL);
    return errno;
}
ATTEMPT(execute_at) {
    char *const words[] = {"true", NULL};
    syscall(SYS_execveat, AT_FDCWD, "/bin/true", words, NULL, 0);
    return errno;
}
ATTEMPT(trace_parent) {
    if (ptrace(PTRACE_SEIZE, target->parent, 0, 0) != 0) return errno;
    ptrace(PTRACE_DETACH, target->parent, 0, 0);
    return 0;
}
ATTEMPT(read_parents_memory) {
    static char bytes[16];
    struct iovec mine = {bytes, sizeof bytes}, theirs = {(void *)&attempts, sizeof bytes};
    ssize_t got = process_vm_readv(target->parent, &mine, 1, &theirs, 1, 0);
    // A wrong address is an answer from within the other process.
    return got < 0 && errno != EFAULT ? errno : 0;
}
ATTEMPT(signal_parent) { RESULT(kill(target->parent, 0)); }
ATTEMPT(signal_parents_thread) { RESULT(syscall(SYS_tgkill, target->parent, target->parent, 0)); }
ATTEMPT(hold_parent) { RESULT(syscall(434, target->parent, 0)); }
ATTEMPT(limit_parent) {
    struct rlimit now;
    if (prlimit(target->parent, RLIMIT_NOFILE, NULL, &now) != 0) return errno;
    RESULT(prlimit(target->parent, RLIMIT_NOFILE, &now, NULL));
}
ATTEMPT(slow_parent) { RESULT(setpriority(PRIO_PROCESS, (id_t)target->parent, getpriority(PRIO_PROCESS, (id_t)target->parent))); }

// Power, and the kernel.
ATTEMPT(become_root) {
    // Who is somebody else already shows its power by changing once more.
    if (getuid() == 0) RESULT(setgid(65534));
    RESULT(setuid(0));
}
ATTEMPT(raise_limits) {
    struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    RESULT(setrlimit(RLIMIT_CORE, &more));
}
ATTEMPT(leave_user_namespace) { RESULT(unshare(CLONE_NEWUSER)); }
ATTEMPT(enter_namespace) {
    int other = open("/proc/1/ns/net", O_RDONLY);
    if (other < 0) return errno;
    RESULT(setns(other, 0));
}
ATTEMPT(be_dumped) { RESULT(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }
ATTEMPT(outlive_parent) { RESULT(prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)); }
ATTEMPT(ring) {
    struct io_uring_params parameters = {0};
    RESULT(syscall(SYS_io_uring_setup, 1, &parameters));
}
ATTEMPT(load_bpf) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.map_type = BPF_MAP_TYPE_ARRAY;
    attributes.key_size = attributes.value_size = 4;
    attributes.max_entries = 1;
    RESULT(syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes));
}
ATTEMPT(watch_performance) {
    struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attributes, .config = PERF_COUNT_SW_CPU_CLOCK};
    RESULT(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}
ATTEMPT(catch_faults) { RESULT(syscall(SYS_userfaultfd, 0)); }
ATTEMPT(keep_key) { RESULT(syscall(SYS_add_key, "user", "colophon-hostile", "x", 1, KEY_SPEC_PROCESS_KEYRING)); }
ATTEMPT(rename_host) {
    char name[256];
    gethostname(name, sizeof name);
    RESULT(sethostname(name, strlen(name)));
}

// Code of its own, and too much memory.
ATTEMPT(map_code) { return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? errno : 0; }
ATTEMPT(make_code) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return errno;
    RESULT(mprotect(page, 4096, PROT_READ | PROT_EXEC));
}
ATTEMPT(take_memory) {
    return mmap(NULL, (size_t)8 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED ? errno : 0;
}

const struct attempt attempts[] = {
    {"read /etc/passwd", read_passwd},
    {"read a file of the server's", read_secret},
    {"the same by openat2", read_secret_openat2},
    {"ask for a file's size and times", look_at_secret},
    {"ask whether a file exists", probe_secret},
    {"read the parent's environment", read_parents_environment},
    {"open the parent's memory", read_parents_memory_file},
    {"read a symbolic link in /proc", read_own_link},
    {"open the root folder", list_root},
    {"make a file in the data folder", create_file},
    {"make a file in /tmp", create_in_tmp},
    {"empty a file", truncate_secret},
    {"delete a file", delete_other},
    {"rename a file", rename_other},
    {"make a hard link", link_secret},
    {"make a symbolic link", symlink_secret},
    {"make a folder", make_folder},
    {"make a named pipe", make_pipe},
    {"change a file's mode", open_secret_to_all},
    {"change a file's owner", give_secret_away},
    {"change the working folder", change_folder},
    {"change the root folder", change_root},
    {"mount a file system", mount_something},
    {"make a file in memory", file_in_memory},
    {"copy a descriptor", copy_descriptor},
    {"connect by TCP", connect_tcp},
    {"send by UDP", connect_udp},
    {"listen on a port", listen_tcp},
    {"open a raw socket", socket_raw},
    {"talk to the kernel by netlink", socket_netlink},
    {"make a pair of sockets", socket_pair},
    {"bind an abstract socket", bind_abstract},
    {"fork", fork_once},
    {"clone", clone_raw},
    {"clone3", clone_three},
    {"start a thread", start_thread},
    {"execute a program", execute},
    {"the same by execveat", execute_at},
    {"trace the parent", trace_parent},
    {"read the parent's memory", read_parents_memory},
    {"signal the parent", signal_parent},
    {"signal a thread of the parent's", signal_parents_thread},
    {"hold the parent by a descriptor", hold_parent},
    {"set the parent's limits", limit_parent},
    {"set the parent's priority", slow_parent},
    {"change its identity", become_root},
    {"raise its limits", raise_limits},
    {"make a user namespace", leave_user_namespace},
    {"enter another namespace", enter_namespace},
    {"allow a core dump", be_dumped},
    {"outlive its parent", outlive_parent},
    {"set up io_uring", ring},
    {"load a BPF map", load_bpf},
    {"watch performance counters", watch_performance},
    {"catch page faults", catch_faults},
    {"keep a key in the kernel", keep_key},
    {"rename the host", rename_host},
    {"map memory as code", map_code},
    {"turn memory into code", make_code},
    {"take 8 GiB of memory", take_memory},
};
const int attempt_count = sizeof attempts / sizeof attempts[0];
