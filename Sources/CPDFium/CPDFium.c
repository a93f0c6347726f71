#include "CPDFium.h"

library_open_result pdfium_open(const char *path, pdfium_functions *functions, char *message, size_t message_capacity) {
    static const char *const names[] = {PDFIUM_FUNCTIONS(LIBRARY_FUNCTION_NAME)};
    return library_open(path, names, functions, sizeof names / sizeof *names, message, message_capacity);
}

void pdfium_initialise(const pdfium_functions *functions) {
    // Static: PDFium keeps the pointer.
    static const char *no_font_paths[] = {NULL};
    pdfium_library_config config = {.version = 2, .user_font_paths = no_font_paths};
    functions->FPDF_InitLibraryWithConfig(&config);
}
