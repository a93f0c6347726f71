import CPDFium
package import DoclingDocument

/// Draws single pages of PDFs as PNG images.
package struct PagePainter {
    package let pdfium: PDFium
    package let deflater: Deflater

    package init(pdfium: PDFium, deflater: Deflater) {
        self.pdfium = pdfium
        self.deflater = deflater
    }

    /// Draws a page on white, as it is shown: cropped, turned, with its annotations and filled-in fields. Does no I/O.
    ///
    /// - Parameters:
    ///   - pageNumber: From 1.
    ///   - bytes: The whole file; must stay in place until this returns.
    ///   - password: What opens the document; nil where anybody may.
    ///   - width: The image's width in pixels, at least 1. It has less, in proportion, where it would have more than `pixelsMax` pixels.
    ///   - region: The part that is drawn, in points from the upper left corner of the page as it is shown; nil draws all of it.
    ///   - onStart: Called once with the number of pages, before the page is drawn.
    /// - Returns: A PNG, at most three bytes a pixel, 20 KB for its rows, and a hundredth of a percent.
    /// - Throws: `PDFFailure`; `noSuchPage` unless the document has the page.
    /// - Complexity: About 50 ms and 10 MB for a page of text at 1,000 pixels; 11 bytes a pixel at most, and what PDFium needs for
    ///   the page's own images.
    package func png(
        page pageNumber: Int, of bytes: UnsafeRawBufferPointer, password: String? = nil, width: Int, pixelsMax: Int,
        region: BoundingBox? = nil, onStart: (_ pageCount: Int) -> Void = { _ in }
    ) throws(PDFFailure) -> [UInt8] {
        guard PDFConverter.looksLikePDF(bytes) else { throw .unsupportedFormat }
        let document = try PDFDocumentHandle(pdfium: pdfium, bytes: bytes, password: password)
        let pageCount = document.pageCount
        guard pageCount > 0 else { throw .parseFailed("it has no pages") }
        onStart(pageCount)
        guard (1...pageCount).contains(pageNumber) else { throw .noSuchPage(pageNumber, of: pageCount) }

        let functions = pdfium.functions
        guard let page = functions.FPDF_LoadPage(document.pointer, Int32(clamping: pageNumber - 1)) else {
            throw .parseFailed("page \(pageNumber) is damaged")
        }
        defer { functions.FPDF_ClosePage(page) }
        let whole = BoundingBox(
            left: 0, top: 0, right: Double(functions.FPDF_GetPageWidthF(page)), bottom: Double(functions.FPDF_GetPageHeightF(page)))
        let area = region ?? whole
        let size = ImageSize(pageWidth: Float(area.width), pageHeight: Float(area.height), width: width, pixelsMax: pixelsMax)
        guard let bitmap = functions.FPDFBitmap_Create(Int32(size.width), Int32(size.height), 0) else {
            throw .parseFailed("page \(pageNumber) cannot be drawn")
        }
        defer { functions.FPDFBitmap_Destroy(bitmap) }
        draw(page, of: document, on: bitmap, at: PagePlacement(of: whole, showing: area, in: size))
        guard let pixels = PixelRows(bitmap, functions: functions), pixels.size == size else {
            throw .parseFailed("page \(pageNumber) cannot be drawn")
        }
        return PNGWriter(deflater: deflater).png(of: pixels)
    }

    private func draw(_ page: pdfium_page, of document: PDFDocumentHandle, on bitmap: pdfium_bitmap, at place: PagePlacement) {
        let functions = pdfium.functions
        let flags = Int32(PDFIUM_DRAW_ANNOTATIONS | PDFIUM_DRAW_RED_FIRST)
        let (width, height) = (functions.FPDFBitmap_GetWidth(bitmap), functions.FPDFBitmap_GetHeight(bitmap))
        _ = functions.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFF_FFFF)
        functions.FPDF_RenderPageBitmap(bitmap, page, place.x, place.y, place.width, place.height, 0, flags)
        // Fields are no annotations to PDFium: what they hold is drawn by the part of it that fills in forms.
        if let form = document.form {
            functions.FPDF_FFLDraw(form.pointer, bitmap, page, place.x, place.y, place.width, place.height, 0, flags)
        }
    }
}
