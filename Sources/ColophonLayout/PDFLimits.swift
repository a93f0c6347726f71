/// What one conversion may use. What goes beyond a limit of a page is left out; too many pages are refused.
package struct PDFLimits: Sendable {
    /// The most pages a document may have.
    package var maxPages = 2_000
    /// The longest side of a page in points; larger pages are scaled down to it. PDF 2.0 itself allows 14,400.
    package var maxPageSide: Float = 14_400
    /// The most glyphs read from one page.
    package var maxGlyphs = 200_000
    /// The most page objects (paths, images, forms) looked at on one page.
    package var maxPageObjects = 100_000
    /// The most ruling lines kept of one page.
    package var maxRulings = 20_000

    /// The largest electronic invoice that is taken out of a document, in bytes.
    package var invoiceBytesMax = 16 << 20
    /// How finely pages are drawn to be recognised, in dots per inch.
    package var recognitionResolution = 300
    /// The most pixels of an image that is recognised; larger pages are drawn less finely. An A3 page has 17.4 million.
    package var recognitionPixelsMax = 20_000_000
    /// The most pixels of an image that is a document.
    package var imagePixelsMax = 100_000_000

    package init() {}
}
