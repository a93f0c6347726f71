// The part of PDFium's C interface that Colophon calls, with its own prototypes.
//
// PDFium is found at run time with dlopen, so nothing of it is needed to build. The prototypes follow PDFium's
// documented binary interface; only what is called is listed. PDFium is not thread-safe: one thread per process.

#ifndef CPDFIUM_H
#define CPDFIUM_H

#include "CLibrary.h"
#include <stddef.h>
#include <stdint.h>

typedef struct pdfium_document_s *pdfium_document;
typedef struct pdfium_page_s *pdfium_page;
typedef struct pdfium_text_page_s *pdfium_text_page;
typedef struct pdfium_page_object_s *pdfium_page_object;
typedef struct pdfium_font_s *pdfium_font;
typedef struct pdfium_path_segment_s *pdfium_path_segment;
typedef struct pdfium_bookmark_s *pdfium_bookmark;
typedef struct pdfium_destination_s *pdfium_destination;
typedef struct pdfium_bitmap_s *pdfium_bitmap;
typedef struct pdfium_form_s *pdfium_form;
typedef struct pdfium_attachment_s *pdfium_attachment;
typedef struct pdfium_annotation_s *pdfium_annotation;
typedef struct pdfium_mark_s *pdfium_mark;
typedef struct pdfium_structure_s *pdfium_structure;
typedef struct pdfium_element_s *pdfium_element;
typedef struct pdfium_attributes_s *pdfium_attributes;
typedef const struct pdfium_attribute_s *pdfium_attribute;

// Note the order: PDFium's float rectangle is left, top, right, bottom.
typedef struct {
    float left, top, right, bottom;
} pdfium_rectangle;

typedef struct {
    float a, b, c, d, e, f;
} pdfium_matrix;

typedef struct {
    float width, height;
} pdfium_size;

// Version 2 of FPDF_LIBRARY_CONFIG. An empty, null-terminated list of font folders keeps PDFium from reading the machine's fonts.
typedef struct {
    int version;
    const char **user_font_paths;
    void *isolate;
    unsigned int embedder_slot;
} pdfium_library_config;

// Version 1 of FPDF_FORMFILLINFO: a version and functions that a viewer may offer. None is offered, so all of them are null; there is
// more room than that version has members.
typedef struct {
    int version;
    void *callbacks[63];
} pdfium_form_info;

enum {
    PDFIUM_ERROR_FORMAT = 3,
    PDFIUM_ERROR_PASSWORD = 4,
    PDFIUM_ERROR_SECURITY = 5,
};

enum {
    PDFIUM_OBJECT_TEXT = 1,
    PDFIUM_OBJECT_PATH = 2,
    PDFIUM_OBJECT_IMAGE = 3,
    PDFIUM_OBJECT_SHADING = 4,
    PDFIUM_OBJECT_FORM = 5,
};

enum {
    PDFIUM_SEGMENT_LINE_TO = 0,
    PDFIUM_SEGMENT_BEZIER_TO = 1,
    PDFIUM_SEGMENT_MOVE_TO = 2,
};

enum {
    PDFIUM_RENDER_INVISIBLE = 3,
    PDFIUM_RENDER_CLIP = 7,
};

enum {
    PDFIUM_FORM_NONE = 0,
};

enum {
    PDFIUM_ANNOTATION_WIDGET = 20,
};

enum {
    // ISO 32000-1, table 165.
    PDFIUM_ANNOTATION_HIDDEN = 0x02,
    PDFIUM_ANNOTATION_NO_VIEW = 0x20,
};

enum {
    PDFIUM_FIELD_PUSH_BUTTON = 1,
    PDFIUM_FIELD_CHECK_BOX = 2,
    PDFIUM_FIELD_RADIO_BUTTON = 3,
};

enum {
    // FLATTEN_SUCCESS: the page's annotations have become part of its content.
    PDFIUM_FLATTENED = 1,
};

enum {
    // FPDF_ANNOT: annotations are drawn too.
    PDFIUM_DRAW_ANNOTATIONS = 0x01,
    // FPDF_GRAYSCALE: colours become shades of grey.
    PDFIUM_DRAW_GREY = 0x08,
    // FPDF_REVERSE_BYTE_ORDER: a pixel is red, green, blue and a byte that says nothing.
    PDFIUM_DRAW_RED_FIRST = 0x10,
};

enum {
    // FPDFBitmap_Gray: one byte a pixel.
    PDFIUM_BITMAP_GREY = 1,
};

// One line per function: result, name, parameters.
#define PDFIUM_FUNCTIONS(FUNCTION) \
    FUNCTION(void, FPDF_InitLibraryWithConfig, (const pdfium_library_config *config)) \
    FUNCTION(pdfium_document, FPDF_LoadMemDocument64, (const void *bytes, size_t count, const char *password)) \
    FUNCTION(void, FPDF_CloseDocument, (pdfium_document document)) \
    FUNCTION(unsigned long, FPDF_GetLastError, (void)) \
    FUNCTION(int, FPDF_GetPageCount, (pdfium_document document)) \
    FUNCTION(int, FPDF_GetPageSizeByIndexF, (pdfium_document document, int index, pdfium_size *size)) \
    FUNCTION(pdfium_page, FPDF_LoadPage, (pdfium_document document, int index)) \
    FUNCTION(void, FPDF_ClosePage, (pdfium_page page)) \
    FUNCTION(float, FPDF_GetPageWidthF, (pdfium_page page)) \
    FUNCTION(float, FPDF_GetPageHeightF, (pdfium_page page)) \
    FUNCTION(int, FPDF_GetPageBoundingBox, (pdfium_page page, pdfium_rectangle *box)) \
    FUNCTION(int, FPDFPage_GetRotation, (pdfium_page page)) \
    FUNCTION(int, FPDFPage_CountObjects, (pdfium_page page)) \
    FUNCTION(pdfium_page_object, FPDFPage_GetObject, (pdfium_page page, int index)) \
    FUNCTION(int, FPDFPageObj_GetType, (pdfium_page_object object)) \
    FUNCTION(int, FPDFPageObj_GetBounds, (pdfium_page_object object, float *left, float *bottom, float *right, float *top)) \
    FUNCTION(int, FPDFPageObj_GetMatrix, (pdfium_page_object object, pdfium_matrix *matrix)) \
    FUNCTION(int, FPDFPageObj_GetFillColor, \
             (pdfium_page_object object, unsigned int *red, unsigned int *green, unsigned int *blue, unsigned int *alpha)) \
    FUNCTION(int, FPDFPath_GetDrawMode, (pdfium_page_object path, int *fill_mode, int *stroke)) \
    FUNCTION(int, FPDFPath_CountSegments, (pdfium_page_object path)) \
    FUNCTION(pdfium_path_segment, FPDFPath_GetPathSegment, (pdfium_page_object path, int index)) \
    FUNCTION(int, FPDFPathSegment_GetPoint, (pdfium_path_segment segment, float *x, float *y)) \
    FUNCTION(int, FPDFPathSegment_GetType, (pdfium_path_segment segment)) \
    FUNCTION(int, FPDFPathSegment_GetClose, (pdfium_path_segment segment)) \
    FUNCTION(int, FPDFFormObj_CountObjects, (pdfium_page_object form)) \
    FUNCTION(pdfium_page_object, FPDFFormObj_GetObject, (pdfium_page_object form, unsigned long index)) \
    FUNCTION(pdfium_text_page, FPDFText_LoadPage, (pdfium_page page)) \
    FUNCTION(void, FPDFText_ClosePage, (pdfium_text_page text)) \
    FUNCTION(int, FPDFText_CountChars, (pdfium_text_page text)) \
    FUNCTION(unsigned int, FPDFText_GetUnicode, (pdfium_text_page text, int index)) \
    FUNCTION(int, FPDFText_IsGenerated, (pdfium_text_page text, int index)) \
    FUNCTION(int, FPDFText_GetLooseCharBox, (pdfium_text_page text, int index, pdfium_rectangle *box)) \
    FUNCTION(int, FPDFText_GetCharOrigin, (pdfium_text_page text, int index, double *x, double *y)) \
    FUNCTION(int, FPDFText_GetMatrix, (pdfium_text_page text, int index, pdfium_matrix *matrix)) \
    FUNCTION(pdfium_page_object, FPDFText_GetTextObject, (pdfium_text_page text, int index)) \
    FUNCTION(int, FPDFTextObj_GetFontSize, (pdfium_page_object object, float *size)) \
    FUNCTION(int, FPDFTextObj_GetTextRenderMode, (pdfium_page_object object)) \
    FUNCTION(pdfium_font, FPDFTextObj_GetFont, (pdfium_page_object object)) \
    FUNCTION(size_t, FPDFFont_GetBaseFontName, (pdfium_font font, char *name, size_t capacity)) \
    FUNCTION(int, FPDFFont_GetFlags, (pdfium_font font)) \
    FUNCTION(int, FPDFFont_GetWeight, (pdfium_font font)) \
    FUNCTION(pdfium_bookmark, FPDFBookmark_GetFirstChild, (pdfium_document document, pdfium_bookmark parent)) \
    FUNCTION(pdfium_bookmark, FPDFBookmark_GetNextSibling, (pdfium_document document, pdfium_bookmark bookmark)) \
    FUNCTION(unsigned long, FPDFBookmark_GetTitle, (pdfium_bookmark bookmark, void *utf16, unsigned long capacity)) \
    FUNCTION(pdfium_destination, FPDFBookmark_GetDest, (pdfium_document document, pdfium_bookmark bookmark)) \
    FUNCTION(int, FPDFDest_GetDestPageIndex, (pdfium_document document, pdfium_destination destination)) \
    FUNCTION(int, FPDFPageObj_GetMarkedContentID, (pdfium_page_object object)) \
    FUNCTION(int, FPDFPageObj_CountMarks, (pdfium_page_object object)) \
    FUNCTION(pdfium_mark, FPDFPageObj_GetMark, (pdfium_page_object object, unsigned long index)) \
    FUNCTION(int, FPDFPageObjMark_GetName, (pdfium_mark mark, void *utf16, unsigned long capacity, unsigned long *count)) \
    FUNCTION(pdfium_structure, FPDF_StructTree_GetForPage, (pdfium_page page)) \
    FUNCTION(void, FPDF_StructTree_Close, (pdfium_structure structure)) \
    FUNCTION(int, FPDF_StructTree_CountChildren, (pdfium_structure structure)) \
    FUNCTION(pdfium_element, FPDF_StructTree_GetChildAtIndex, (pdfium_structure structure, int index)) \
    FUNCTION(unsigned long, FPDF_StructElement_GetType, (pdfium_element element, void *utf16, unsigned long capacity)) \
    FUNCTION(int, FPDF_StructElement_CountChildren, (pdfium_element element)) \
    FUNCTION(pdfium_element, FPDF_StructElement_GetChildAtIndex, (pdfium_element element, int index)) \
    FUNCTION(int, FPDF_StructElement_GetChildMarkedContentID, (pdfium_element element, int index)) \
    FUNCTION(int, FPDF_StructElement_GetAttributeCount, (pdfium_element element)) \
    FUNCTION(pdfium_attributes, FPDF_StructElement_GetAttributeAtIndex, (pdfium_element element, int index)) \
    FUNCTION(pdfium_attribute, FPDF_StructElement_Attr_GetValue, (pdfium_attributes attributes, const char *name)) \
    FUNCTION(int, FPDF_StructElement_Attr_GetNumberValue, (pdfium_attribute attribute, float *value)) \
    FUNCTION(int, FPDFDoc_GetAttachmentCount, (pdfium_document document)) \
    FUNCTION(pdfium_attachment, FPDFDoc_GetAttachment, (pdfium_document document, int index)) \
    FUNCTION(unsigned long, FPDFAttachment_GetName, (pdfium_attachment attachment, void *utf16, unsigned long capacity)) \
    FUNCTION(int, FPDFAttachment_GetFile, \
             (pdfium_attachment attachment, void *bytes, unsigned long capacity, unsigned long *count)) \
    FUNCTION(pdfium_bitmap, FPDFBitmap_Create, (int width, int height, int alpha)) \
    FUNCTION(pdfium_bitmap, FPDFBitmap_CreateEx, (int width, int height, int format, void *pixels, int stride)) \
    FUNCTION(void, FPDFBitmap_Destroy, (pdfium_bitmap bitmap)) \
    FUNCTION(int, FPDFBitmap_FillRect, \
             (pdfium_bitmap bitmap, int left, int top, int width, int height, unsigned long color)) \
    FUNCTION(void *, FPDFBitmap_GetBuffer, (pdfium_bitmap bitmap)) \
    FUNCTION(int, FPDFBitmap_GetWidth, (pdfium_bitmap bitmap)) \
    FUNCTION(int, FPDFBitmap_GetHeight, (pdfium_bitmap bitmap)) \
    FUNCTION(int, FPDFBitmap_GetStride, (pdfium_bitmap bitmap)) \
    FUNCTION(void, FPDF_RenderPageBitmap, \
             (pdfium_bitmap bitmap, pdfium_page page, int x, int y, int width, int height, int turns, int flags)) \
    FUNCTION(int, FPDF_GetFormType, (pdfium_document document)) \
    FUNCTION(pdfium_form, FPDFDOC_InitFormFillEnvironment, (pdfium_document document, pdfium_form_info *info)) \
    FUNCTION(void, FPDFDOC_ExitFormFillEnvironment, (pdfium_form form)) \
    FUNCTION(int, FPDFPage_Flatten, (pdfium_page page, int purpose)) \
    FUNCTION(int, FPDFPage_GetAnnotCount, (pdfium_page page)) \
    FUNCTION(pdfium_annotation, FPDFPage_GetAnnot, (pdfium_page page, int index)) \
    FUNCTION(void, FPDFPage_CloseAnnot, (pdfium_annotation annotation)) \
    FUNCTION(int, FPDFAnnot_GetSubtype, (pdfium_annotation annotation)) \
    FUNCTION(int, FPDFAnnot_GetFlags, (pdfium_annotation annotation)) \
    FUNCTION(int, FPDFAnnot_GetRect, (pdfium_annotation annotation, pdfium_rectangle *box)) \
    FUNCTION(int, FPDFAnnot_GetFormFieldType, (pdfium_form form, pdfium_annotation annotation)) \
    FUNCTION(unsigned long, FPDFAnnot_GetStringValue, \
             (pdfium_annotation annotation, const char *key, void *utf16, unsigned long capacity)) \
    FUNCTION(void, FPDF_FFLDraw, \
             (pdfium_form form, pdfium_bitmap bitmap, pdfium_page page, int x, int y, int width, int height, int turns, int flags))

// PDFium's functions by name; filled completely by `pdfium_open` or not at all.
typedef struct {
    PDFIUM_FUNCTIONS(LIBRARY_FUNCTION_MEMBER)
} pdfium_functions;

// Opens the library at `path` and fills `functions`. On failure `message` gets the loader's reason, or the first missing symbol.
// The library stays loaded until the process ends.
library_open_result pdfium_open(const char *path, pdfium_functions *functions, char *message, size_t message_capacity);

// Initialises PDFium without any font of the machine, so that results depend on the file alone and no font file is opened.
void pdfium_initialise(const pdfium_functions *functions);

#endif
