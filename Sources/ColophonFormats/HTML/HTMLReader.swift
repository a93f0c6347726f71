package import DoclingDocument

/// Reads a page of HTML.
///
/// The conventions are docling's: what comes before the first heading is furniture, the first-level heading is the
/// title, and what follows a heading lies below it. Nothing is fetched: a picture is an item without an image.
package enum HTMLReader {
    /// - Parameter name: What the document is called: the name of the file without its extension.
    /// - Throws: `tooLarge` when the page makes more items or cells than the limits allow.
    /// - Complexity: O(bytes), times the depth of elements, at most `HTMLTree.depthMax`, where tags are left open.
    package static func document(from text: String, name: String) throws(FormatFailure) -> DoclingDocument {
        let tree = HTMLTreeBuilder.tree(of: Array(text.utf8))
        var writer = FlowWriter(name: name, nestsSections: true)
        if let title = tree.title {
            var line = InlineText()
            line.append(title, style: InlineStyle())
            let text = line.takeLine().plainText
            if !text.isEmpty { try writer.addTitleOfPage(text) }
        }
        // Only a heading that will be written as one ends what comes before it.
        let textual: Set<HTMLTag> = [.table, .li, .dt, .dd, .caption, .figcaption, .footer]
        if tree.contains(below: 0, outside: textual, where: { $0.headingLevel != nil }) { writer.layer = .furniture }
        var flow = HTMLFlow(tree: tree, writer: writer)
        try flow.read()
        return flow.writer.document
    }

    /// Writes a piece of HTML within another document.
    static func append(_ bytes: [UInt8], to writer: inout FlowWriter) throws(FormatFailure) {
        var flow = HTMLFlow(tree: HTMLTreeBuilder.tree(of: bytes), writer: FlowWriter(name: "", nestsSections: false))
        // Swapped and not copied: a copy would double the document at the first change.
        swap(&flow.writer, &writer)
        try flow.read()
        swap(&flow.writer, &writer)
    }
}
