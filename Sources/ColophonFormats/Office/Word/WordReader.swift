package import DoclingDocument

/// Turns DOCX files into documents, in the conventions of docling: what follows a heading are its children.
package struct WordReader {
    var document: DoclingDocument
    var budget = DocumentBudget()
    let styles: WordStyles
    var numbering: WordNumbering
    /// Of the part that is being read.
    var relationships: [String: OfficePackage.Relationship]
    /// The heading, or the group in place of a missing one, that is open at each level; the title is at 0.
    var headings = [Reference?](repeating: nil, count: WordStyles.levelMax + 2)
    /// The lists that are open, outermost first.
    var lists: [(place: WordListPlace, group: Reference)] = []
    /// How often each level of numbered headings has counted.
    var headingCounters = [Int](repeating: 0, count: WordStyles.levelMax + 1)
    private var notes: [WordNote: XMLElement] = [:]

    /// - Throws: `FormatFailure` for what is no whole DOCX file; see `ZipArchive` and `XMLPullParser` for the bounds.
    /// - Complexity: O(n) in the size of the unpacked parts.
    package static func document(
        from bytes: UnsafeRawBufferPointer, name: String, inflater: Inflater
    ) throws(FormatFailure) -> DoclingDocument {
        var package = try OfficePackage(bytes, inflater: inflater)
        let path = try package.mainPart(fallback: "word/document.xml")
        guard let body = try package.part(path)?.child("body") else { throw .damaged("it holds no text document") }
        var reader = try WordReader(name: name, main: path, package: &package)
        try reader.readBlocks(of: body)
        try reader.readFurniture(of: body, package: &package)
        return reader.document
    }

    private init(name: String, main path: String, package: inout OfficePackage) throws(FormatFailure) {
        document = DoclingDocument(name: name)
        relationships = try package.relationships(of: path)
        styles = WordStyles(try Self.part("styles", relationships, &package))
        numbering = WordNumbering(try Self.part("numbering", relationships, &package))
        for (type, isEndnote) in [("footnotes", false), ("endnotes", true)] {
            for note in try Self.part(type, relationships, &package)?.children ?? [] {
                // Separators are notes of a type.
                guard let id = note["id"], note["type"] == nil || note["type"] == "normal" else { continue }
                notes[WordNote(isEndnote: isEndnote, id: id)] = note
            }
        }
    }

    private static func part(
        _ type: String, _ relationships: [String: OfficePackage.Relationship], _ package: inout OfficePackage
    ) throws(FormatFailure) -> XMLElement? {
        guard let path = OfficePackage.target(type, in: relationships) else { return nil }
        return try package.part(path)
    }

    /// Adds the notes that a piece of the body refers to right after it, each once.
    mutating func addNotes(_ references: [WordNote]) throws(FormatFailure) {
        for reference in references {
            guard let note = notes.removeValue(forKey: reference) else { continue }
            let text = plainText(of: note).trimmed
            guard !text.isEmpty else { continue }
            try budget.spendItem()
            document.addFootnote(text, parent: parent)
        }
    }
}
