#pragma once

/// What the stand-in may try its hand at.
struct target {
    /// A folder of its parent's, with the files `secret` and `other` and the empty folder `mount`; only its owner may look into it.
    const char *folder;
    /// Where somebody listens for TCP on 127.0.0.1.
    int port;
    /// The process that started it.
    int parent;
};

struct attempt {
    const char *name;
    /// Returns 0 when it got through, else the errno.
    int (*run)(const struct target *target);
};

extern const struct attempt attempts[];
extern const int attempt_count;
