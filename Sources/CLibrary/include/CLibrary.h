// Opens shared libraries at run time and looks their functions up, so that nothing of them is needed to build.

#ifndef CLIBRARY_H
#define CLIBRARY_H

#include <stddef.h>

typedef enum {
    LIBRARY_OPENED = 0,
    LIBRARY_NOT_LOADABLE = 1,
    LIBRARY_SYMBOL_MISSING = 2,
} library_open_result;

// Opens the library at `path`, or found by the loader under that name, and fills `functions` with the addresses of `names`, in
// order: all of them or none. A function may be the library's own or of one that it needs. On failure `message` gets the loader's
// reason, or the first missing symbol. The library stays loaded until the process ends.
library_open_result library_open(
    const char *path, const char *const *names, void *functions, size_t count, char *message, size_t message_capacity);

// For lists of functions that are written once, a line each, as FUNCTION(result, name, parameters).
#define LIBRARY_FUNCTION_MEMBER(result, name, parameters) result(*name) parameters;
#define LIBRARY_FUNCTION_NAME(result, name, parameters) #name,

#endif
