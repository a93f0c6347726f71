/// Which documents of a workspace are asked for, in which order, and what else about them.
package struct DocumentQuery: Sendable, Equatable {
    package enum Join: String, CaseIterable, Sendable { case and, or }
    package enum Lifecycle: String, CaseIterable, Sendable { case active, deleted }

    /// The most documents of the page, from 1.
    package var limit: Int
    /// Where the page before ended; nil for the first page.
    package var cursor: DocumentCursor?
    /// One or two columns; documents that are equal in them go by id, in the direction of the first.
    package var sort: [SortKey]
    package var filters: [DocumentFilter]
    /// Whether every filter must hold, or any.
    package var join: Join
    /// Words that all must be found, whatever `join` says.
    package var tokens: [String]
    package var includeTotal: Bool
    package var includeFacets: Bool
    package var lifecycle: Lifecycle

    /// - Throws: `invalid` when the values do not go together: see the bounds of each type.
    package init(
        limit: Int = 50, cursor: DocumentCursor? = nil, sort: [SortKey] = SortKey.standard, filters: [DocumentFilter] = [],
        join: Join = .and, tokens: [String] = [], includeTotal: Bool = false, includeFacets: Bool = false, lifecycle: Lifecycle = .active
    ) throws {
        guard limit >= 1 else { throw ColophonError(.invalid, "limit must be at least 1.", field: "limit") }
        guard (1...SortKey.countMax).contains(sort.count), Set(sort.map(\.id)).count == sort.count else {
            throw ColophonError(.invalid, "sort names one or two different columns.", field: "sort")
        }
        guard filters.count <= DocumentFilter.countMax else {
            throw ColophonError(.invalid, "filters names at most \(DocumentFilter.countMax) conditions.", field: "filters")
        }
        guard tokens.count <= SearchTokens.countMax else {
            throw ColophonError(.invalid, "q has at most \(SearchTokens.countMax) words.", field: "q")
        }
        guard cursor == nil || cursor?.sort == sort else {
            throw ColophonError(.invalid, "Cursor sort does not match the requested sort.", field: "cursor")
        }
        self.limit = limit
        self.cursor = cursor
        self.sort = sort
        self.filters = filters
        self.join = join
        self.tokens = tokens
        self.includeTotal = includeTotal
        self.includeFacets = includeFacets
        self.lifecycle = lifecycle
    }

    /// A query in a request's words; a parameter that is nil takes its default, and so does an empty one.
    ///
    /// - Parameters:
    ///   - limits: What `limit` may be.
    ///   - now: What relative days count from.
    /// - Throws: `invalid`, with the parameter as `field`.
    package static func parse(
        filters: String? = nil, sort: String? = nil, joinOperator: String? = nil, limit: String? = nil, cursor: String? = nil,
        q: String? = nil, includeTotal: String? = nil, includeFacets: String? = nil, lifecycle: String? = nil, limits: Limits = Limits(),
        now: Timestamp
    ) throws -> DocumentQuery {
        let lifecycle: Lifecycle = try word(lifecycle, "lifecycle", .active)
        // What was deleted last is what is looked for, and any other order of them takes looking at all.
        let sort = try SortKey.parse(present(sort) ?? (lifecycle == .deleted ? #"[{"id":"deletedAt","desc":true}]"# : nil))
        return try DocumentQuery(
            limit: try number(limit, "limit", 1...limits.listMax) ?? limits.listDefault,
            cursor: try present(cursor).map { try DocumentCursor($0, sort: sort) }, sort: sort,
            filters: try DocumentFilter.parse(filters, now: now), join: try word(joinOperator, "joinOperator", .and),
            tokens: try SearchTokens.parse(q), includeTotal: try flag(includeTotal, "includeTotal"),
            includeFacets: try flag(includeFacets, "includeFacets"), lifecycle: lifecycle)
    }

    private static func present(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    static func number(_ text: String?, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = present(text) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw ColophonError(.invalid, "\(name) must be from \(range.lowerBound) to \(range.upperBound).", field: name)
        }
        return number
    }

    private static func flag(_ text: String?, _ name: String) throws -> Bool {
        switch present(text) {
        case nil, "false", "0": false
        case "true", "1": true
        default: throw ColophonError(.invalid, "\(name) must be true or false.", field: name)
        }
    }

    static func word<Word: RawRepresentable<String> & CaseIterable>(_ text: String?, _ name: String, _ fallback: Word) throws -> Word {
        guard let text = present(text) else { return fallback }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
            throw ColophonError(.invalid, "\(name) must be \(words).", field: name)
        }
        return word
    }
}
