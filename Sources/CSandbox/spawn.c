#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

int colophon_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    // A program that was started without standard descriptors must not get them mixed up with these.
    for (int index = 0; index < 2; index++) {
        if (ends[index] > 2) continue;
        int moved = fcntl(ends[index], F_DUPFD_CLOEXEC, 3);
        int failed = errno;
        close(ends[index]);
        ends[index] = moved;
        if (moved < 0) {
            close(ends[1 - index]);
            return failed;
        }
    }
    return 0;
}

#define TRY(expression) do { if ((failed = (expression)) != 0) goto done; } while (0)

int colophon_spawn(
    const char *path, char *const arguments[], char *const environment[], int input, int output, int32_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    pid_t started = 0;
    int failed;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    sigfillset(&all);
    sigemptyset(&none);
    TRY(posix_spawn_file_actions_adddup2(&actions, input, 0));
    if (output >= 0) TRY(posix_spawn_file_actions_adddup2(&actions, output, 1));
    else TRY(posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0));
    TRY(posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0));
    TRY(posix_spawn_file_actions_addclosefrom_np(&actions, 3));
    // A group of its own goes with it, so that ending it leaves nothing behind; signals do what they do anywhere.
    TRY(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK));
    TRY(posix_spawnattr_setpgroup(&attributes, 0));
    TRY(posix_spawnattr_setsigdefault(&attributes, &all));
    TRY(posix_spawnattr_setsigmask(&attributes, &none));
    TRY(posix_spawn(&started, path, &actions, &attributes, arguments, environment));
    *pid = (int32_t)started;
done:
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed;
}
