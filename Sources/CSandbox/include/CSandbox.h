#pragma once
#include <stdint.h>

/// Drops everything that a reader of one document does not need, in this order: root's identity, the power to gain new
/// privileges, and resources beyond the given limits. The process is ended when its parent is.
///
/// `parent` is the parent's process id: when it is another by now, the parent has died already (0 does not ask).
///
/// Returns 0, or an errno; `*step` then names what could not be done.
int colophon_sandbox_enter(uint64_t memory_bytes, uint64_t cpu_seconds, uint32_t user, int32_t parent, const char **step);
