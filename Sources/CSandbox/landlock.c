#define _GNU_SOURCE
#include "layers.h"
#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// The numbers are the same on all architectures; older headers do not have them (landlock(7)).
#define LANDLOCK_CREATE_RULESET 444
#define LANDLOCK_RESTRICT_SELF 446
#define LANDLOCK_QUERY_VERSION 1

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

/// Which rights to files each version of Landlock knows: version 1 has 13 of them, and some later versions one more.
static uint64_t file_rights(long version) {
    int count = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    return ((uint64_t)1 << count) - 1;
}

/// Denies all that Landlock can deny, without an exception: every file, and where the kernel knows how, TCP, sockets without a name in the file
/// system, and signals to processes outside.
int colophon_close_files(void) {
    long version = syscall(LANDLOCK_CREATE_RULESET, NULL, 0, LANDLOCK_QUERY_VERSION);
    if (version < 1) return version == 0 ? ENOSYS : errno;
    struct ruleset rules = {file_rights(version), version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
    // A kernel takes no more of it than it knows.
    uint64_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long ruleset = syscall(LANDLOCK_CREATE_RULESET, &rules, size, 0);
    if (ruleset < 0) return errno;
    int failed = syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0 ? 0 : errno;
    close((int)ruleset);
    return failed;
}
