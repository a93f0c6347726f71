#include "CPDFium.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static void write_message(char *message, size_t capacity, const char *text) {
    if (message != NULL && capacity > 0) {
        snprintf(message, capacity, "%s", text != NULL ? text : "unknown reason");
    }
}

pdfium_open_result pdfium_open(const char *path, pdfium_functions *functions, char *message, size_t message_capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        write_message(message, message_capacity, dlerror());
        return PDFIUM_NOT_LOADABLE;
    }

    pdfium_functions found;
    void *symbol;

// A data pointer is copied into a function pointer: ISO C has no conversion, POSIX promises that they have the same size.
#define PDFIUM_LOAD(result, name, parameters) \
    symbol = dlsym(library, #name); \
    if (symbol == NULL) { \
        write_message(message, message_capacity, #name); \
        dlclose(library); \
        return PDFIUM_SYMBOL_MISSING; \
    } \
    memcpy(&found.name, &symbol, sizeof symbol);

    PDFIUM_FUNCTIONS(PDFIUM_LOAD)
#undef PDFIUM_LOAD

    *functions = found;
    return PDFIUM_OPENED;
}

void pdfium_initialise(const pdfium_functions *functions) {
    // Static: PDFium keeps the pointer.
    static const char *no_font_paths[] = {NULL};
    pdfium_library_config config = {.version = 2, .user_font_paths = no_font_paths};
    functions->FPDF_InitLibraryWithConfig(&config);
}
