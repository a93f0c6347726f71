package import DoclingDocument

/// Reads a document in Markdown: CommonMark with the tables, the strikethrough and the lists of tasks of GitHub.
///
/// As in docling, headings of the first level are titles, what follows a heading is no child of it, and text in several
/// styles is an inline group. Front matter is skipped; HTML is read by `HTMLReader`.
package enum MarkdownReader {
    /// - Parameter name: What the document is called: the name of the file without its extension.
    /// - Throws: `tooLarge` when the document makes more items or cells than the limits allow.
    /// - Complexity: O(bytes), times the depth of quotes and lists, at most `MarkdownBlockParser.depthMax`.
    package static func document(from text: String, name: String) throws(FormatFailure) -> DoclingDocument {
        let bytes = Array(text.utf8)
        let parser = MarkdownBlockParser.parse(bytes)
        var flow = MarkdownFlow(blocks: parser.blocks, references: parser.references, name: name)
        try flow.writeChildren(of: 0)
        return flow.writer.document
    }
}
