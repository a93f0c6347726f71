#include "CTesseract.h"

library_open_result tesseract_open(const char *path, tesseract_functions *functions, char *message, size_t message_capacity) {
    static const char *const names[] = {TESSERACT_FUNCTIONS(LIBRARY_FUNCTION_NAME)};
    return library_open(path, names, functions, sizeof names / sizeof *names, message, message_capacity);
}
