#include "CLibrary.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_message(char *message, size_t capacity, const char *text) {
    if (message != NULL && capacity > 0) {
        snprintf(message, capacity, "%s", text != NULL ? text : "unknown reason");
    }
}

library_open_result library_open(
    const char *path, const char *const *names, void *functions, size_t count, char *message, size_t message_capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        write_message(message, message_capacity, dlerror());
        return LIBRARY_NOT_LOADABLE;
    }
    void **found = calloc(count, sizeof *found);
    if (found == NULL) {
        write_message(message, message_capacity, "out of memory");
        dlclose(library);
        return LIBRARY_NOT_LOADABLE;
    }
    for (size_t index = 0; index < count; index++) {
        found[index] = dlsym(library, names[index]);
        if (found[index] == NULL) {
            write_message(message, message_capacity, names[index]);
            free(found);
            dlclose(library);
            return LIBRARY_SYMBOL_MISSING;
        }
    }
    // Data pointers become function pointers: ISO C has no conversion, POSIX promises that they have the same size.
    memcpy(functions, found, count * sizeof *found);
    free(found);
    return LIBRARY_OPENED;
}
