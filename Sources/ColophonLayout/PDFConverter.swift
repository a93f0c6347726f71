package import DoclingDocument

/// Converts PDFs into documents.
///
/// Pages are read one at a time: a page's glyphs are gone before the next page is loaded, and what stays is a few kilobytes a page.
package struct PDFConverter {
    package let pdfium: PDFium
    package let limits: PDFLimits
    package let recognition: RecognitionMode
    /// Whether the process ends with the document, so that nothing needs to be given back.
    package let endsProcess: Bool
    private static let pagesPerOpening = 64

    package init(
        pdfium: PDFium, limits: PDFLimits = PDFLimits(), recognition: RecognitionMode = .off, endsProcess: Bool = false
    ) {
        self.pdfium = pdfium
        self.limits = limits
        self.recognition = recognition
        self.endsProcess = endsProcess
    }

    /// Reads a PDF and recognises its layout. Does no I/O.
    ///
    /// - Parameters:
    ///   - bytes: The whole file; must stay in place until this returns.
    ///   - name: The document's name, without extension.
    ///   - password: What opens the document; nil where anybody may.
    ///   - onStart: Called once with the number of pages, before the first is read.
    ///   - onInvoice: Called with the XML that the PDF carries, byte for byte, where it carries an electronic invoice; before the first page.
    ///   - onWords: Called with each page's words, before `onPage`; nil where nobody wants them.
    ///   - onPage: Called with each page's number, from 1, when it has been read. What a closure throws ends the conversion.
    ///   - onNotes: Called with what could not be read, after the last page.
    /// - Throws: `PDFFailure`, and what the closures throw.
    /// - Complexity: About 5 ms a page; memory does not grow with a page's glyphs, and by a few kilobytes with each page.
    package func convert(
        bytes: UnsafeRawBufferPointer, name: String, password: String? = nil, onStart: (_ pageCount: Int) throws -> Void = { _ in },
        onInvoice: (_ xml: [UInt8]) throws -> Void = { _ in }, onWords: ((PageText) throws -> Void)? = nil,
        onPage: (_ pageNumber: Int) throws -> Void = { _ in }, onNotes: (ReadingNotes) throws -> Void = { _ in }
    ) throws -> DoclingDocument {
        guard Self.looksLikePDF(bytes) else { throw PDFFailure.unsupportedFormat }
        var handle = try PDFDocumentHandle(pdfium: pdfium, bytes: bytes, password: password)
        let pageCount = handle.pageCount
        guard pageCount > 0 else { throw PDFFailure.parseFailed("it has no pages") }
        guard pageCount <= limits.maxPages else { throw PDFFailure.tooManyPages(pageCount) }
        try onStart(pageCount)
        if let xml = EmbeddedInvoice(document: handle, bytesMax: limits.invoiceBytesMax).read() { try onInvoice(xml) }

        let analyzer = PageAnalyzer(keepsWords: onWords != nil)
        var pages: [PageLayout] = []
        pages.reserveCapacity(pageCount)
        var notes = ReadingNotes()
        for index in 0..<pageCount {
            // PDFium keeps every font and object it has read until the document is closed, so a long one is opened anew now and then.
            if index > 0, index % Self.pagesPerOpening == 0 {
                handle = try PDFDocumentHandle(pdfium: pdfium, bytes: bytes, password: password)
            }
            handle.isLeftOpen = endsProcess && index == pageCount - 1
            let reader = PageReader(document: handle, limits: limits, recognition: recognition)
            let content = try reader.read(pageIndex: index)
            notes.note(content, number: index + 1)
            var layout = analyzer.layout(of: content, number: index + 1)
            try onWords?(layout.takeWords())
            pages.append(layout)
            try onPage(index + 1)
        }
        try onNotes(notes)
        var assembler = DocumentAssembler(pages: pages, name: name, bookmarks: Bookmarks(of: handle))
        return assembler.assemble()
    }

    /// Readers look for the header in the first 1,024 bytes (PDF 32000-1, annex H, note 13).
    package static func looksLikePDF(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let header: [UInt8] = [0x25, 0x50, 0x44, 0x46, 0x2D]
        let end = min(bytes.count, 1_024)
        guard end >= header.count else { return false }
        return (0...(end - header.count)).contains { start in header.indices.allSatisfy { bytes[start + $0] == header[$0] } }
    }
}
