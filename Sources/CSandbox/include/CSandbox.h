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

/// Leaves the machine's network, mounts, message queues and name, as `colophon_sandbox_enter` does; done once, it holds for all processes that this
/// one forks, and is not done again by them. Returns 0, or an errno.
int colophon_leave_namespaces(void);

/// Starts a program with `input` as its standard input, `output` as its standard output (none where that is below 0), no standard error and no other
/// descriptor, in a process group of its own. Returns 0, or an errno.
int colophon_spawn(
    const char *path, char *const arguments[], char *const environment[], int input, int output, int32_t *pid);

/// Makes a pipe that no other program inherits; its end to read from comes first. Returns 0, or an errno.
int colophon_pipe(int ends[2]);

/// Sends one message with two descriptors through a socket that keeps messages apart. Returns 0, or an errno.
int colophon_send_request(int socket, const uint8_t *bytes, size_t count, int input, int output);

/// Waits for such a message; `*count` is 0 when no other will come. Returns 0, or an errno: EBADMSG for what is none.
int colophon_receive_request(int socket, uint8_t *bytes, size_t capacity, size_t *count, int *input, int *output);

/// Forks a process whose parent is this process's own parent (clone(2), CLONE_PARENT). To be called by the only thread.
///
/// Returns 0 in the new process, its id in this one, or an errno below 0.
int32_t colophon_fork_sibling(void);

/// The kernel ends this process with the thread that started it, and shows its memory to nobody. Returns 0, or an errno: ESRCH when `parent`, if not
/// 0, is gone.
int colophon_begin_forking(int32_t parent);

/// Makes these two the standard input and output, and closes all else but standard error. Returns 0, or an errno.
int colophon_take_standard(int input, int output);

/// Shows `word` as the first word of this process's command line, if that was as long.
void colophon_show_task(const char *word);
