/// Words that documents are found by; equal ones are written alike.
package enum DocumentTag {
    package static let charactersMax = 100
    /// The most tags of one document.
    package static let countMax = 50

    /// A tag as it is stored: trimmed, runs of white space as one space, case folded.
    ///
    /// - Throws: `invalid` when nothing is left, when it is too long, or when it holds control characters.
    package static func normalized(_ text: String, field: String = "tags") throws -> String {
        let tag = DocumentName.key(text)
        guard !tag.isEmpty else { throw ColophonError(.invalid, "A tag must not be empty.", field: field) }
        guard tag.count <= charactersMax, tag.utf8.count <= charactersMax * 8 else {
            throw ColophonError(.invalid, "A tag has at most \(charactersMax) characters.", field: field)
        }
        guard !tag.holdsControls else {
            throw ColophonError(.invalid, "A tag must not hold control characters.", field: field)
        }
        return tag
    }

    /// A document's tags: each once, sorted.
    ///
    /// - Throws: As `normalized`; `invalid` when there are too many.
    package static func normalized(_ texts: [String], field: String = "tags") throws -> [String] {
        // Before any is looked at: a body may hold hundreds of thousands.
        guard texts.count <= countMax * 10 else { throw tooMany(field) }
        let tags = Set(try texts.map { try normalized($0, field: field) })
        guard tags.count <= countMax else { throw tooMany(field) }
        return sorted(tags)
    }

    /// In the order in which both engines sort texts.
    package static func sorted(_ tags: some Sequence<String>) -> [String] {
        tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package static func tooMany(_ field: String = "tags") -> ColophonError {
        ColophonError(.invalid, "A document has at most \(countMax) tags.", field: field)
    }
}

extension String {
    /// Whether any of its characters is one that nobody sees and that means something to machines.
    var holdsControls: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
