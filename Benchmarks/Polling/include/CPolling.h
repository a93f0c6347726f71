#ifndef COLOPHON_POLLING_H
#define COLOPHON_POLLING_H

#include <stdint.h>

// epoll, which Swift's Glibc module leaves out.

/// Something that is ready: the number that it was watched under, and whether it can be written, or read (an end counts).
struct polling_ready {
    int32_t number;
    int32_t isReadable;
    int32_t isWritable;
};

/// Returns a descriptor, or -1.
int polling_open(void);
/// Watches a descriptor for reading, and for writing when `writes` is not 0. Returns 0, or -1.
int polling_watch(int poll, int descriptor, int32_t number, int writes);
/// Changes what it is watched for. Returns 0, or -1.
int polling_change(int poll, int descriptor, int32_t number, int writes);
/// Waits. Returns how many are ready, 0 when the time is over, or -1.
int polling_wait(int poll, struct polling_ready *ready, int most, int milliseconds);

#endif
