#define _GNU_SOURCE
#include "CSandbox.h"
#include <errno.h>
#include <signal.h>
#include <unistd.h>

static const uint8_t *last_words;
static size_t last_words_length;
/// Where the handler runs: a crash may have come because its own stack could not grow.
static uint8_t handler_stack[64 << 10];

/// What was not given is read or written near address 0.
enum { NOTHING_GIVEN = 64 << 10 };

static void end_by(int signal_number, siginfo_t *information, void *context) {
    (void)context;
    // malloc sets it when it has nothing to give, and whoever cannot live with that aborts or traps right away. Any other crash goes its way:
    // the handler is gone by now, so the signal comes again and ends the process.
    if (errno != ENOMEM) return;
    if ((signal_number == SIGSEGV || signal_number == SIGBUS) && (uintptr_t)information->si_addr >= NOTHING_GIVEN) return;
    for (size_t sent = 0; sent < last_words_length;) {
        ssize_t written = write(1, last_words + sent, last_words_length - sent);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        sent += (size_t)written;
    }
    _exit(0);
}

int colophon_when_out_of_memory(const uint8_t *words, size_t length) {
    static const int signals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGTRAP};
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    struct sigaction action = {.sa_sigaction = end_by, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
    last_words = words;
    last_words_length = length;
    if (sigaltstack(&stack, NULL) != 0) return errno;
    for (size_t index = 0; index < sizeof signals / sizeof *signals; index++) {
        if (sigaction(signals[index], &action, NULL) != 0) return errno;
    }
    errno = 0;
    return 0;
}

void colophon_memory_was_enough(void) { errno = 0; }
