#pragma once
#include <stdint.h>

/// Each returns 0, or the errno of what the kernel refused.
int colophon_drop_capabilities(void);
int colophon_close_files(void);
int colophon_filter_calls(void);
