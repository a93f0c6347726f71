#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DESCRIPTORS = 2 };

/// The first word after the program's name, where ps(1) and the like look for it, and how long it is.
static char *task_word;
static size_t task_length;

/// glibc hands the command line to constructors too.
__attribute__((constructor)) static void note_task(int argc, char **argv) {
    if (argc < 2) return;
    task_word = argv[1];
    task_length = strlen(argv[1]);
}

void colophon_show_task(const char *word) {
    size_t length = strlen(word);
    if (task_word == NULL || length > task_length) return;
    memset(task_word, 0, task_length);
    memcpy(task_word, word, length);
}

int colophon_send_request(int socket, const uint8_t *bytes, size_t count, int input, int output) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    } control;
    memset(&control, 0, sizeof control);
    struct iovec part = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    int descriptors[DESCRIPTORS] = {input, output};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

int colophon_receive_request(int socket, uint8_t *bytes, size_t capacity, size_t *count, int *input, int *output) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec part = {bytes, capacity};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t got;
    do got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    *count = got < 0 ? 0 : (size_t)got;
    if (got <= 0) return got < 0 ? errno : 0;
    int descriptors[DESCRIPTORS];
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC) || header == NULL || header->cmsg_type != SCM_RIGHTS
        || header->cmsg_len != CMSG_LEN(sizeof descriptors)) return EBADMSG;
    memcpy(descriptors, CMSG_DATA(header), sizeof descriptors);
    *input = descriptors[0];
    *output = descriptors[1];
    return 0;
}

int32_t colophon_fork_sibling(void) {
    // The order of the arguments behind the flags differs between architectures; none of them is used.
    long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
    return pid < 0 ? -errno : (int32_t)pid;
}

int colophon_begin_forking(int32_t parent) {
    const struct rlimit none = {0, 0};
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
    if (parent != 0 && getppid() != parent) return ESRCH;
    // Passwords pass through it.
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0) return errno;
    return 0;
}

int colophon_take_standard(int input, int output) {
    // Standard input was the socket to whoever asks for readers: no reader may have that.
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0) return errno;
    if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return 0;
    // Kernels before 5.9; whoever forks has opened nothing else.
    close(input);
    close(output);
    return 0;
}
