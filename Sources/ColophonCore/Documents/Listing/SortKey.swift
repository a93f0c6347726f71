/// One column that a list of documents is sorted by; null comes last either way.
package struct SortKey: Hashable, Sendable {
    package enum ID: String, CaseIterable, Sendable {
        case id, createdAt, updatedAt, deletedAt, lastRunAt, activityAt, byteSize, source, name
    }

    package var id: ID
    package var isDescending: Bool

    package init(_ id: ID, isDescending: Bool = false) {
        self.id = id
        self.isDescending = isDescending
    }

    /// Newest first.
    package static let standard = [SortKey(.createdAt, isDescending: true)]
    package static let countMax = 2

    /// The keys in a request's words: a JSON array of `{"id": …, "desc": …}`.
    ///
    /// - Returns: `standard` for nil and for an empty array.
    /// - Throws: `invalid`.
    package static func parse(_ text: String?) throws -> [SortKey] {
        guard let text, !text.isEmpty else { return standard }
        guard text.utf8.count <= 1024, case .array(let items) = PlainJSON(text.utf8) else { throw malformed }
        guard items.count <= countMax else { throw invalid("sort names at most \(countMax) columns.") }
        let keys = try items.map(SortKey.init(json:))
        guard Set(keys.map(\.id)).count == keys.count else { throw invalid("sort names a column twice.") }
        return keys.isEmpty ? standard : keys
    }

    private init(json: PlainJSON) throws {
        guard case .object(let members) = json, case .text(let name) = members["id"] else { throw Self.malformed }
        guard let id = ID(rawValue: name) else { throw Self.invalid("Unsupported sort id '\(name.prefix(64))'.") }
        switch members["desc"] {
        case nil, .null: self.init(id)
        case .bool(let isDescending): self.init(id, isDescending: isDescending)
        default: throw Self.malformed
        }
    }

    private static var malformed: ColophonError { invalid(#"sort must be a JSON array such as [{"id":"createdAt","desc":true}]."#) }
    private static func invalid(_ message: String) -> ColophonError { ColophonError(.invalid, message, field: "sort") }
}

/// What a document is sorted by in one column.
package enum SortValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

extension SortKey.ID {
    /// Whether a value can stand in the column.
    func allows(_ value: SortValue) -> Bool {
        switch (self, value) {
        case (.id, .text), (.name, .text), (.source, .text): true
        case (.lastRunAt, .null), (.deletedAt, .null): true
        case (.createdAt, .integer), (.updatedAt, .integer), (.deletedAt, .integer), (.lastRunAt, .integer), (.activityAt, .integer),
            (.byteSize, .integer):
            true
        default: false
        }
    }
}
