import CPDFium

/// Reads the text of pages that show it in an image only.
struct PageRecognition {
    let recognizer: any TextRecognizer
    let limits: PDFLimits

    /// Recognises text on a page of a PDF, which is drawn for it in shades of grey, and puts it into the page's content.
    func read(_ page: PDFPageHandle, into content: inout PageContent) {
        guard let image = image(of: page, content) else { return }
        read(image, into: &content)
    }

    /// Recognises text on an image that shows all of a page.
    ///
    /// - Parameter content: Of hardly any text, in the frame of the page as it is shown.
    func read(_ image: GreyImage, into content: inout PageContent) {
        content.isRecognized = false
        guard let text = recognizer.recognize(image) else { return }
        content.isRecognized = true
        // What the page has as text is surer than what is seen of it, unless there is more to be seen.
        guard text.words.reduce(0, { $0 + $1.text.unicodeScalars.count }) > content.glyphs.count else { return }
        // The text stands upright after as many turns back.
        content.turn(by: (4 - text.turns) & 3)
        let upright = text.turns & 1 == 0 ? (image.width, image.height) : (image.height, image.width)
        let scale = content.width / Float(max(upright.0, 1))
        content.glyphs = RecognizedGlyphs(scale: scale, height: content.height).glyphs(of: text.words)
        let letters = text.words.reduce(0) { $0 + $1.text.unicodeScalars.count }
        let sure = text.words.reduce(0.0) { $0 + $1.confidence * Double($1.text.unicodeScalars.count) }
        content.recognition = PageRecognitionNote(
            engine: recognizer.engine, languages: recognizer.languages, confidence: letters > 0 ? sure / Double(letters) : nil,
            droppedWords: text.droppedWords)
    }

    private func image(of page: PDFPageHandle, _ content: PageContent) -> GreyImage? {
        let functions = page.document.pdfium.functions
        let inches = max(content.width, 1) / 72
        let size = ImageSize(
            pageWidth: content.width, pageHeight: content.height, width: Int((inches * Float(limits.recognitionResolution)).rounded(.up)),
            pixelsMax: limits.recognitionPixelsMax)
        guard
            let bitmap = functions.FPDFBitmap_CreateEx(Int32(size.width), Int32(size.height), Int32(PDFIUM_BITMAP_GREY), nil, 0)
        else { return nil }
        defer { functions.FPDFBitmap_Destroy(bitmap) }
        _ = functions.FPDFBitmap_FillRect(bitmap, 0, 0, Int32(size.width), Int32(size.height), 0xFFFF_FFFF)
        functions.FPDF_RenderPageBitmap(
            bitmap, page.pointer, 0, 0, Int32(size.width), Int32(size.height), 0, Int32(PDFIUM_DRAW_ANNOTATIONS | PDFIUM_DRAW_GREY))
        let stride = Int(functions.FPDFBitmap_GetStride(bitmap))
        guard let start = functions.FPDFBitmap_GetBuffer(bitmap), stride >= size.width else { return nil }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(size.width * size.height)
        for row in 0..<size.height { pixels += UnsafeRawBufferPointer(start: start + row * stride, count: size.width) }
        return GreyImage(
            width: size.width, height: size.height, resolution: Int((Float(size.width) / inches).rounded()), pixels: pixels)
    }
}

/// How a page's text was recognised.
struct PageRecognitionNote: Equatable {
    var engine: String
    var languages: [String]
    /// From 0 to 1, over all letters; nil where there are none.
    var confidence: Double?
    var droppedWords: Int
}
