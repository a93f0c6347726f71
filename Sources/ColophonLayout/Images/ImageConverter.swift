package import DoclingDocument

/// Converts files of images, such as scans and photographs, into documents: a page for each image.
package struct ImageConverter {
    package let file: ImageFile
    package let limits: PDFLimits
    package let recognition: RecognitionMode
    package let decoder: (any ImageDecoder)?

    /// - Parameter decoder: What reads the pixels; without it pages show a picture and nothing else.
    package init(file: ImageFile, limits: PDFLimits = PDFLimits(), recognition: RecognitionMode = .off, decoder: (any ImageDecoder)? = nil)
    {
        self.file = file
        self.limits = limits
        self.recognition = recognition
        self.decoder = decoder
    }

    /// Reads the images and recognises their text. Does no I/O. The parameters are those of `PDFConverter.convert`.
    ///
    /// - Throws: `PDFFailure`, and what the closures throw.
    package func convert(
        bytes: UnsafeRawBufferPointer, name: String, onStart: (_ pageCount: Int) throws -> Void = { _ in },
        onWords: ((PageText) throws -> Void)? = nil, onPage: (_ pageNumber: Int) throws -> Void = { _ in },
        onNotes: (ReadingNotes) throws -> Void = { _ in }
    ) throws -> DoclingDocument {
        let frames = file.frames(in: bytes, framesMax: limits.maxPages + 1)
        guard !frames.isEmpty else { throw PDFFailure.parseFailed("the image is damaged or not complete") }
        guard frames.count <= limits.maxPages else { throw PDFFailure.tooManyPages(frames.count) }
        guard frames.allSatisfy({ $0.height <= limits.imagePixelsMax / $0.width }) else {
            throw PDFFailure.parseFailed("the image has more than \(limits.imagePixelsMax) pixels")
        }
        try onStart(frames.count)
        if case .later = recognition { throw PDFFailure.needsRecognition }

        var pages: [PageLayout] = []
        var notes = ReadingNotes()
        func add(_ image: GreyImage?, isDamaged: Bool) throws {
            guard pages.count < frames.count else { return }
            var content = Self.content(of: frames[pages.count])
            let number = pages.count + 1
            content.isDamaged = isDamaged
            read(image, frames[pages.count], into: &content)
            notes.note(content, number: number)
            var layout = PageAnalyzer(keepsWords: onWords != nil).layout(of: content, number: number)
            try onWords?(layout.takeWords())
            pages.append(layout)
            try onPage(number)
        }
        try decoder?.decode(bytes, imagesMax: frames.count, pixelsMax: limits.recognitionPixelsMax) { try add($0, isDamaged: $0 == nil) }
        // What could not even be reached is damaged, unless nobody looked.
        while pages.count < frames.count { try add(nil, isDamaged: decoder != nil) }
        guard notes.damagedPages.count < frames.count else { throw PDFFailure.parseFailed("the image is damaged or not complete") }
        try onNotes(notes)
        var assembler = DocumentAssembler(pages: pages, name: name)
        return assembler.assemble()
    }

    private func read(_ image: GreyImage?, _ frame: ImageFrame, into content: inout PageContent) {
        content.isRecognized = false
        guard var image, case .with(let recognizer) = recognition else { return }
        image.resolution = frame.likelyResolution * image.width / frame.width
        PageRecognition(recognizer: recognizer, limits: limits).read(image, into: &content)
    }

    /// A page of the image's size, which shows the image and nothing else.
    private static func content(of frame: ImageFrame) -> PageContent {
        let scale = 72 / Float(frame.likelyResolution)
        var content = PageContent(width: Float(frame.width) * scale, height: Float(frame.height) * scale)
        content.images = [content.bounds]
        return content
    }
}
