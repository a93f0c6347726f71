import FoundationEssentials

/// Which tags of a workspace are asked for, with how many documents have each.
package struct TagQuery: Sendable, Equatable {
    package enum Sort: String, CaseIterable, Sendable {
        case name, count
        case mostFirst = "-count"
    }

    /// The last tag of the page before.
    package struct Place: Sendable, Equatable, Codable {
        package var tag: String
        package var count: Int

        package init(tag: String, count: Int) {
            self.tag = tag
            self.count = count
        }
    }

    package var limit: Int
    /// Tags that hold this text alone; nil for all. As tags are written.
    package var search: String?
    /// Equals go by name.
    package var sort: Sort
    package var after: Place?

    package static let searchCharactersMin = 2

    package init(limit: Int, search: String? = nil, sort: Sort = .name, after: Place? = nil) {
        self.limit = limit
        self.search = search
        self.sort = sort
        self.after = after
    }

    /// A query in a request's words.
    ///
    /// - Throws: `invalid`, with the parameter as `field`.
    package static func parse(
        q: String? = nil, limit: String? = nil, cursor: String? = nil, sort: String? = nil, limits: Limits = Limits()
    ) throws -> TagQuery {
        var search: String?
        if let q {
            let key = DocumentName.key(q)
            guard key.count >= searchCharactersMin, key.count <= DocumentTag.charactersMax else {
                throw ColophonError(
                    .invalid, "q must have from \(searchCharactersMin) to \(DocumentTag.charactersMax) characters.", field: "q")
            }
            search = key
        }
        let sort = try DocumentQuery.word(sort, "sort", Sort.name)
        return TagQuery(
            limit: try DocumentQuery.number(limit, "limit", 1...limits.listMax) ?? limits.listDefault, search: search, sort: sort,
            after: try cursor.flatMap { $0.isEmpty ? nil : try Self.place($0, sort) })
    }

    private struct Wire: Codable {
        var v: Int
        var s: String
        var after: Place
    }

    private static func place(_ text: String, _ sort: Sort) throws -> Place {
        guard text.utf8.count <= 4096, let data = Base64URL.decode(text), let wire = try? JSONDecoder().decode(Wire.self, from: data),
            wire.v == 1
        else { throw ColophonError(.invalid, "The cursor is not one of this list's.", field: "cursor") }
        guard wire.s == sort.rawValue else {
            throw ColophonError(.invalid, "Cursor sort does not match the requested sort.", field: "cursor")
        }
        return wire.after
    }

    /// What continues behind a tag.
    func cursor(after last: TagCount) throws -> String {
        Base64URL.encode(
            try JSONEncoder().encode(Wire(v: 1, s: sort.rawValue, after: Place(tag: last.tag, count: last.documentCount))))
    }
}

package struct TagCount: Sendable, Equatable {
    package var tag: String
    /// Live documents that have it.
    package var documentCount: Int

    package init(tag: String, documentCount: Int) {
        self.tag = tag
        self.documentCount = documentCount
    }
}

package struct TagPage: Sendable, Equatable {
    package var items: [TagCount]
    package var hasMore: Bool
    package var nextCursor: String?
}
