/// What Markdown shows, with the defaults of docling-core.
public struct MarkdownOptions: Hashable, Sendable {
    /// The layers whose items are shown.
    public var layers: Set<ContentLayer> = [.body]
    /// What stands for a picture.
    public var imagePlaceholder = "<!-- image -->"
    /// A block put between items of different pages; `nil` for none.
    public var pageBreak: String?
    /// Whether `&`, `<` and `>` of texts become entities. Cells of tables and descriptions are never escaped.
    public var escapesHTML = true
    /// Whether underscores get a backslash.
    public var escapesUnderscores = true
    /// Whether texts found within pictures are shown, as documents read by OCR need.
    public var includesPictureTexts = false
    /// The longest Markdown made, in bytes; more is an error.
    public var bytesMax = 64 << 20

    public init() {}
}

extension DoclingDocument {
    /// The document as Markdown, equal to what docling-core 2.104.0 exports (`Docs/docling-document.md` lists the exceptions).
    ///
    /// - Parameter pageNumber: Show only items that begin on this page, from 1.
    /// - Throws: `tooDeep`, `tooLarge` or `tooComplex` for documents made to cost much.
    /// - Complexity: O(size of the Markdown + items times depth).
    public func markdown(pageNumber: Int? = nil, options: MarkdownOptions = MarkdownOptions()) throws(DoclingDocumentError) -> String {
        var renderer = try MarkdownRenderer(self, style: .markdown, pageNumber: pageNumber, options: options)
        return try renderer.document()
    }

    /// The document as plain text: lists keep their markers and tables their bars, all other Markdown is left out.
    ///
    /// - Parameters and errors: As for `markdown`.
    public func plainText(pageNumber: Int? = nil, options: PlainTextOptions = PlainTextOptions()) throws(DoclingDocumentError) -> String {
        var markdown = MarkdownOptions()
        markdown.layers = options.layers
        markdown.imagePlaceholder = ""
        markdown.pageBreak = options.pageBreak
        markdown.escapesHTML = false
        markdown.escapesUnderscores = false
        markdown.includesPictureTexts = options.includesPictureTexts
        markdown.bytesMax = options.bytesMax
        var renderer = try MarkdownRenderer(self, style: .plain, pageNumber: pageNumber, options: markdown)
        return try renderer.document()
    }
}

/// What plain text shows.
public struct PlainTextOptions: Hashable, Sendable {
    /// The layers whose items are shown.
    public var layers: Set<ContentLayer> = [.body]
    /// A block put between items of different pages; `nil` for none.
    public var pageBreak: String?
    /// Whether texts found within pictures are shown, as documents read by OCR need.
    public var includesPictureTexts = false
    /// The longest text made, in bytes; more is an error.
    public var bytesMax = 64 << 20

    public init() {}
}
