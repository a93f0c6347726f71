// Put before a program by LD_PRELOAD: while the file COLOPHON_FAULT exists, one in four of its writes and syncs below
// COLOPHON_FAULT_FOLDER ends with EIO. A write that fails has written its first half, as a torn one would.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(int descriptor) {
    const char *control = getenv("COLOPHON_FAULT"), *folder = getenv("COLOPHON_FAULT_FOLDER");
    int before = errno, failing = 0;
    if (control && folder && access(control, F_OK) == 0) {
        char link[64], path[4096];
        snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length > 0 ? length : 0] = 0;
        failing = strncmp(path, folder, strlen(folder)) == 0 && random() % 4 == 0;
    }
    errno = before;
    return failing;
}

static int ended(void) {
    errno = EIO;
    return -1;
}

#define NEXT(name, type) \
    static type next; \
    if (!next) next = (type)dlsym(RTLD_NEXT, name)

typedef ssize_t (*writing)(int, const void *, size_t);
typedef ssize_t (*writing_at)(int, const void *, size_t, off_t);
typedef int (*syncing)(int);

ssize_t write(int descriptor, const void *bytes, size_t count) {
    NEXT("write", writing);
    if (!fails(descriptor)) return next(descriptor, bytes, count);
    next(descriptor, bytes, count / 2);
    return ended();
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    NEXT("pwrite", writing_at);
    if (!fails(descriptor)) return next(descriptor, bytes, count, offset);
    next(descriptor, bytes, count / 2, offset);
    return ended();
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    return pwrite(descriptor, bytes, count, (off_t)offset);
}

int fsync(int descriptor) {
    NEXT("fsync", syncing);
    return fails(descriptor) ? ended() : next(descriptor);
}

int fdatasync(int descriptor) {
    NEXT("fdatasync", syncing);
    return fails(descriptor) ? ended() : next(descriptor);
}
