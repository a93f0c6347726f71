import DoclingDocument

/// One page of a result as it is shown.
package struct PageView: Sendable, Equatable {
    /// From 1.
    package var pageNumber: Int
    /// In points, 1/72 inch.
    package var width: Double
    package var height: Double
    package var markdown: String
    package var text: String

    /// Nil when the document has no such page.
    init?(_ number: Int, of document: DoclingDocument) throws(DoclingDocumentError) {
        guard let page = document.pages[number] else { return nil }
        pageNumber = number
        width = page.size.width
        height = page.size.height
        markdown = try document.markdown(pageNumber: number)
        text = try document.plainText(pageNumber: number)
    }
}
