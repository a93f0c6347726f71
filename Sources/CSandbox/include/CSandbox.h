#pragma once
#include <stdint.h>

/// Drops everything that a reader of one document does not need, in this order: root's identity, the power to gain new
/// privileges, and resources beyond the given limits. Descriptors above standard error are closed.
///
/// Returns 0, or an errno; `*step` then names what could not be done.
int colophon_sandbox_enter(uint64_t memory_bytes, uint64_t cpu_seconds, uint32_t user, const char **step);
