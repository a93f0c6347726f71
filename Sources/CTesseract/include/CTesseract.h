// The part of Tesseract's C interface that Colophon calls, and of Leptonica's, which Tesseract brings along, with our own prototypes.
//
// Tesseract is found at run time with dlopen, so nothing of it is needed to build. The prototypes follow its documented binary
// interface (capi.h of Tesseract 5, allheaders.h of Leptonica 1.82); only what is called is listed. One thread per instance.

#ifndef CTESSERACT_H
#define CTESSERACT_H

#include "CLibrary.h"
#include <stddef.h>
#include <stdint.h>

typedef struct tesseract_s *tesseract;
typedef struct tesseract_results_s *tesseract_results;
typedef const struct tesseract_places_s *tesseract_places;
typedef struct leptonica_image_s *leptonica_image;

enum {
    // OEM_LSTM_ONLY.
    TESSERACT_ENGINE_LSTM = 1,
    // PSM_OSD_ONLY and PSM_AUTO.
    TESSERACT_SEGMENT_ORIENTATION = 0,
    TESSERACT_SEGMENT_AUTO = 3,
    // RIL_TEXTLINE and RIL_WORD.
    TESSERACT_LEVEL_LINE = 2,
    TESSERACT_LEVEL_WORD = 3,
    // L_SEVERITY_NONE.
    LEPTONICA_SILENT = 6,
};

// One line per function: result, name, parameters.
#define TESSERACT_FUNCTIONS(FUNCTION) \
    FUNCTION(const char *, TessVersion, (void)) \
    FUNCTION(void, TessDeleteText, (const char *text)) \
    FUNCTION(void, TessDeleteTextArray, (char **texts)) \
    FUNCTION(tesseract, TessBaseAPICreate, (void)) \
    FUNCTION(void, TessBaseAPIDelete, (tesseract engine)) \
    FUNCTION(int, TessBaseAPIInit2, (tesseract engine, const char *folder, const char *languages, int mode)) \
    FUNCTION(int, TessBaseAPIInit3, (tesseract engine, const char *folder, const char *languages)) \
    FUNCTION(char **, TessBaseAPIGetLoadedLanguagesAsVector, (tesseract engine)) \
    FUNCTION(int, TessBaseAPISetVariable, (tesseract engine, const char *name, const char *value)) \
    FUNCTION(void, TessBaseAPISetPageSegMode, (tesseract engine, int mode)) \
    FUNCTION(void, TessBaseAPISetImage, \
             (tesseract engine, const unsigned char *pixels, int width, int height, int bytes_per_pixel, int stride)) \
    FUNCTION(void, TessBaseAPISetSourceResolution, (tesseract engine, int dots_per_inch)) \
    FUNCTION(int, TessBaseAPIDetectOrientationScript, \
             (tesseract engine, int *degrees, float *confidence, const char **script, float *script_confidence)) \
    FUNCTION(int, TessBaseAPIRecognize, (tesseract engine, void *monitor)) \
    FUNCTION(tesseract_results, TessBaseAPIGetIterator, (tesseract engine)) \
    FUNCTION(void, TessBaseAPIClear, (tesseract engine)) \
    FUNCTION(void, TessResultIteratorDelete, (tesseract_results results)) \
    FUNCTION(int, TessResultIteratorNext, (tesseract_results results, int level)) \
    FUNCTION(char *, TessResultIteratorGetUTF8Text, (tesseract_results results, int level)) \
    FUNCTION(float, TessResultIteratorConfidence, (tesseract_results results, int level)) \
    FUNCTION(const char *, TessResultIteratorWordFontAttributes, \
             (tesseract_results results, int *bold, int *italic, int *underlined, int *monospaced, int *serif, int *small_capitals, \
              int *points, int *font)) \
    FUNCTION(tesseract_places, TessResultIteratorGetPageIteratorConst, (tesseract_results results)) \
    FUNCTION(int, TessPageIteratorIsAtBeginningOf, (tesseract_places places, int level)) \
    FUNCTION(int, TessPageIteratorBoundingBox, (tesseract_places places, int level, int *left, int *top, int *right, int *bottom)) \
    FUNCTION(int, TessPageIteratorBaseline, (tesseract_places places, int level, int *x1, int *y1, int *x2, int *y2)) \
    FUNCTION(int, setMsgSeverity, (int severity)) \
    FUNCTION(leptonica_image, pixReadMem, (const uint8_t *bytes, size_t count)) \
    FUNCTION(leptonica_image, pixReadMemFromMultipageTiff, (const uint8_t *bytes, size_t count, size_t *offset)) \
    FUNCTION(leptonica_image, pixConvertTo8, (leptonica_image image, int has_colormap)) \
    FUNCTION(leptonica_image, pixRemoveAlpha, (leptonica_image image)) \
    FUNCTION(leptonica_image, pixScale, (leptonica_image image, float x, float y)) \
    FUNCTION(leptonica_image, pixEndianByteSwapNew, (leptonica_image image)) \
    FUNCTION(int, pixGetWidth, (leptonica_image image)) \
    FUNCTION(int, pixGetHeight, (leptonica_image image)) \
    FUNCTION(int, pixGetWpl, (leptonica_image image)) \
    FUNCTION(uint32_t *, pixGetData, (leptonica_image image)) \
    FUNCTION(void, pixDestroy, (leptonica_image *image))

// The functions by name; filled completely by `tesseract_open` or not at all.
typedef struct {
    TESSERACT_FUNCTIONS(LIBRARY_FUNCTION_MEMBER)
} tesseract_functions;

// Opens the library as `library_open` does.
library_open_result tesseract_open(const char *path, tesseract_functions *functions, char *message, size_t message_capacity);

#endif
