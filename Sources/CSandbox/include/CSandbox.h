#pragma once
#include <stddef.h>
#include <stdint.h>

/// The layers of the sandbox, as bits. All are asked for except by tests, which look at one at a time.
enum {
    COLOPHON_LAYER_NAMESPACES = 1,
    COLOPHON_LAYER_IDENTITY = 2,
    COLOPHON_LAYER_LANDLOCK = 4,
    COLOPHON_LAYER_LIMITS = 8,
    COLOPHON_LAYER_SECCOMP = 16,
};

struct colophon_sandbox {
    uint64_t memory_bytes;
    uint64_t cpu_seconds;
    /// Who a process of root's becomes.
    uint32_t user;
    /// The parent's process id: when it is another by now, the parent has died already; 0 does not ask.
    int32_t parent;
    /// Which layers are wanted.
    uint32_t layers;
    /// Go on without a filter of system calls where the kernel has none.
    int32_t may_lack_seccomp;
};

/// Drops everything that a reader of one document does not need, in the order of the layers' bits; the process is ended when its parent is.
///
/// Limits and the filter of system calls are required; namespaces, Landlock and another identity are taken where they can be had.
///
/// `*in_force` receives the bits of the layers that hold. Returns 0, or an errno; `*step` then names what could not be done.
int colophon_sandbox_enter(const struct colophon_sandbox *wanted, uint32_t *in_force, const char **step);

/// From now on a process that crashes since it can have no more memory writes `words` to its standard output and ends with status 0. Crashes
/// for other reasons end it as before. To be called by the only thread.
///
/// `words` must stay in place for ever. Returns 0, or an errno.
int colophon_when_out_of_memory(const uint8_t *words, size_t length);

/// Forgets that memory could not be had for something that was done without, so that a later crash is not taken for want of it.
void colophon_memory_was_enough(void);
