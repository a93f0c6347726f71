package import DoclingDocument

/// What a mapping made of a document.
package struct Mapped: Sendable {
    package struct Field: Sendable {
        package var name: String
        package var title: String
        package var value: MappedValue
    }

    package struct List: Sendable {
        package var name: String
        package var title: String
        /// The values of each line, in the order of the mapping's columns.
        package var lines: [[Field]]
    }

    package var mapping: String
    /// In the order of the mapping.
    package var fields: [Field]
    package var lists: [List]
    /// Why there is no XML; none where there is.
    package var problems: [MappingProblem]
    /// What is odd, and no reason to make none.
    package var warnings: [MappingProblem]
    /// UTF-8; nil where there are problems.
    package var xml: [UInt8]?
}

/// What a mapping is given of a document.
package struct MappingSource: Sendable {
    package var pages: [PageText]
    /// The electronic invoice that the document carries.
    package var invoice: [UInt8]?

    /// - Parameter pages: The words as they were read; where there are none they are guessed from the document.
    package init(_ document: DoclingDocument, pages: [PageText], invoice: [UInt8]?) {
        self.init(pages: pages.isEmpty ? PageText.pages(of: document) : pages, invoice: invoice)
    }

    package init(pages: [PageText], invoice: [UInt8]? = nil) {
        self.pages = pages
        self.invoice = invoice
    }
}
