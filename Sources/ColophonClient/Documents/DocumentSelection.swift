import ColophonAPI
import FoundationEssentials

/// Which documents to list, and in which order.
public struct DocumentSelection: Sendable, Equatable {
    public enum Match: String, Sendable {
        /// Every filter must fit.
        case all = "and"
        /// One filter must fit.
        case any = "or"
    }

    public enum Lifecycle: String, Sendable {
        case active
        /// Documents that were deleted and can be restored still.
        case deleted
    }

    /// At most 25.
    public var filters: [DocumentFilter]
    public var match: Match
    /// One or two; without any the newest come first.
    public var sort: [DocumentSort]
    /// Words that must be found, each somewhere.
    public var text: String?
    public var lifecycle: Lifecycle

    public init(
        _ filters: [DocumentFilter] = [], match: Match = .all, sort: [DocumentSort] = [], text: String? = nil,
        lifecycle: Lifecycle = .active
    ) {
        self.filters = filters
        self.match = match
        self.sort = sort
        self.text = text
        self.lifecycle = lifecycle
    }

    /// All live documents, the newest first.
    public static let newest = DocumentSelection()

    /// All live documents, in the order of what never changes in them.
    static let all = DocumentSelection(sort: [.ascending(.id)])

    /// The query that asks for a page, with its question mark.
    package func query(limit: Int, cursor: String?, includeTotal: Bool = false, includeFacets: Bool = false) -> String {
        var parts = ["limit=\(limit)"]
        if !filters.isEmpty { parts.append("filters=" + Self.encode(filters)) }
        if match != .all { parts.append("joinOperator=\(match.rawValue)") }
        if !sort.isEmpty { parts.append("sort=" + Self.encode(sort)) }
        if let text { parts.append("q=" + PercentEncoding.encode(text)) }
        if lifecycle != .active { parts.append("lifecycle=\(lifecycle.rawValue)") }
        if includeTotal { parts.append("includeTotal=true") }
        if includeFacets { parts.append("includeFacets=true") }
        if let cursor { parts.append("cursor=" + PercentEncoding.encode(cursor)) }
        return "?" + parts.joined(separator: "&")
    }

    /// Of these types nothing can fail to be written but a number that is none, which no answer would fit.
    private static func encode(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return PercentEncoding.encode((try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "[]")
    }
}
