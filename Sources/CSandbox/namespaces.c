#define _GNU_SOURCE
#include "CSandbox.h"
#include "layers.h"
#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/// A network, message queues, mounts and a host name of the process's own, in which nothing is (unshare(2), namespaces(7)).
///
/// Root may; others need a user namespace first, which not every kernel gives them. What power that gives is dropped again at once: nobody is
/// mapped into it, and nothing in it is needed.
static int leave(void) {
    const int flags = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWUTS;
    // Root stays root until the identity changes; then its capabilities go, or are dropped where it cannot change.
    if (getuid() == 0) return unshare(flags) == 0 ? 0 : errno;
    if (unshare(CLONE_NEWUSER | flags) != 0) return errno;
    return colophon_drop_capabilities();
}

int colophon_leave_namespaces(void) {
    // Making a network takes longer than many a document; what a process has left, those that it forks have left too.
    static int left;
    if (left) return 0;
    int failed = leave();
    left = failed == 0;
    return failed;
}

int colophon_drop_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2];
    memset(none, 0, sizeof none);
    return syscall(SYS_capset, &header, none) == 0 ? 0 : errno;
}
