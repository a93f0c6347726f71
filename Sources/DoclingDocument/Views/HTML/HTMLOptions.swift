/// What HTML shows.
public struct HTMLOptions: Hashable, Sendable {
    /// The layers whose items are shown.
    public var layers: Set<ContentLayer> = [.body]
    /// Whether the result is a page with head and styles; else what belongs into a body.
    public var isPage = true
    /// Whether pictures are shown that the document carries as PNG, JPEG, GIF or WebP data URLs. Others never are.
    public var includesImages = false
    /// Whether texts found within pictures are shown, as documents read by OCR need.
    public var includesPictureTexts = false
    /// The language of the page, a BCP 47 code.
    public var language = "en"
    /// The longest HTML made, in bytes; more is an error.
    public var bytesMax = 64 << 20

    public init() {}
}

extension DoclingDocument {
    /// The document as HTML that is safe to show: every text is escaped, links lead only to `http`, `https`, `ftp`,
    /// `mailto` and `tel` addresses or within the page, and nothing is loaded from elsewhere.
    ///
    /// - Parameter pageNumber: Show only items that begin on this page, from 1.
    /// - Throws: `tooDeep`, `tooLarge` or `tooComplex` for documents made to cost much.
    /// - Complexity: O(size of the HTML + items).
    public func html(pageNumber: Int? = nil, options: HTMLOptions = HTMLOptions()) throws(DoclingDocumentError) -> String {
        var renderer = try HTMLRenderer(self, pageNumber: pageNumber, options: options)
        return try renderer.document()
    }
}
