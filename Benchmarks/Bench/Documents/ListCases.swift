import ColophonCore
import ColophonSamples

/// One question of the list benchmark, in a request's words.
struct ListCase {
    var kind: Kind
    var filters: [String] = []
    var join = "and"
    var sort: [SortKey] = SortKey.standard
    var limit = 50
    var q: String?
    var counts = false
    /// A document behind which the page begins; nil for the first page.
    var place: Int?

    enum Kind: String, CaseIterable {
        case sort = "sorts"
        case twoSorts = "two columns"
        case filter = "one filter"
        case sortedFilter = "one filter, other sorts"
        case filters = "two or three filters"
        case anyOf = "any of two filters"
        case search = "words, and parts of names"
        case counts = "totals and facets"

        /// Whether the promised time is for it.
        var isPromised: Bool { self != .search && self != .counts }
    }
}

/// Draws questions that a workspace of the benchmark is asked.
struct ListCases {
    let documents: Int
    private var generator: SplitMix64

    init(documents: Int, seed: UInt64) {
        self.documents = documents
        generator = SplitMix64(seed: seed)
    }

    private mutating func below(_ count: Int) -> Int { Int(generator.next() >> 8) % max(1, count) }

    private mutating func pick<Element>(_ values: [Element]) -> Element { values[below(values.count)] }

    private static let columns: [SortKey.ID] = [
        .id, .createdAt, .updatedAt, .deletedAt, .lastRunAt, .activityAt, .byteSize, .source, .name,
    ]

    mutating func draw(_ kind: ListCase.Kind) -> ListCase {
        var question = ListCase(kind: kind)
        // Most pages are first ones; others lie anywhere.
        if below(2) == 0 { question.place = 1 + below(documents) }
        if below(5) == 0 { question.limit = 200 }
        switch kind {
        case .sort: question.sort = [SortKey(pick(Self.columns), isDescending: below(2) == 0)]
        case .twoSorts:
            let first = pick(Self.columns)
            let second = pick(Self.columns.filter { $0 != first })
            question.sort = [SortKey(first, isDescending: below(2) == 0), SortKey(second, isDescending: below(2) == 0)]
        case .filter: question.filters = [filter()]
        case .sortedFilter:
            question.filters = [filter()]
            question.sort = [SortKey(pick(Self.columns), isDescending: below(2) == 0)]
        case .filters:
            question.filters = (0..<2 + below(2)).map { _ in filter() }
            if below(2) == 0 { question.sort = [SortKey(pick(Self.columns), isDescending: below(2) == 0)] }
        case .anyOf:
            question.join = "or"
            question.filters = [filter(), filter()]
        case .search:
            switch below(3) {
            case 0: question.q = "report \(below(99))"
            case 1: question.filters = [#"{"id":"name","operator":"iLike","value":"voice \#(below(99))"}"#]
            default: question.q = "\(below(1_000_003))"
            }
        case .counts:
            question.counts = true
            question.limit = 50
            question.place = nil
            if below(3) > 0 { question.filters = [filter()] }
        }
        return question
    }

    private mutating func filter() -> String {
        func text(_ id: String, _ op: String, _ value: String) -> String { #"{"id":"\#(id)","operator":"\#(op)","value":\#(value)}"# }
        let last = ListFill.start + Int64(documents) * 7000
        let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)
        switch below(16) {
        case 0: return text("lastRunPhase", "eq", #""\#(pick(["failed", "cancelled", "queued", "running", "succeeded"]))""#)
        case 1: return text("lastRunPhase", "in", #"["failed","cancelled"]"#)
        case 2: return text("lastRunPhase", "isEmpty", "null")
        case 3: return text("tags", "eq", #""tag \#(below(ListFill.tagCount))""#)
        case 4: return text("tags", "in", #"["tag \#(below(ListFill.tagCount))","tag \#(below(ListFill.tagCount))"]"#)
        case 5: return text("tags", "notIn", #"["tag \#(below(ListFill.tagCount))"]"#)
        case 6: return text("fileType", "in", #"["\#(pick(["pdf", "image", "text", "html"]))"]"#)
        case 7: return text("uploaderId", "eq", #""\#(pick([ListFill.commonUploader, ListFill.rareUploader, "key:00000000000000a3"]))""#)
        case 8: return text("source", "eq", #""\#(pick(["uploaded", "generated", "manual"]))""#)
        case 9: return text("createdAt", "gte", "\(last - Int64(1 + below(48)) * hour)")
        case 10:
            let start = ListFill.start + Int64(below(documents)) * 7000
            return text("createdAt", "between", "[\(start),\(start + Int64(1 + below(30)) * day)]")
        case 11: return text(pick(["updatedAt", "activityAt"]), "lt", "\(ListFill.start + Int64(1 + below(60)) * day)")
        case 12:
            let start = 1000 + below(5_000_000)
            return text("byteSize", "between", "[\(start),\(start + pick([1000, 100_000, 2_000_000]))]")
        case 13: return text("hasOutput", "eq", "\(below(3) == 0)")
        case 14: return text("name", "iLike", #""\#(pick(["report \(below(100))%", "%.pdf", "letter%"]))""#)
        default: return text("name", "eq", #""report \#(below(1_000_003)).pdf""#)
        }
    }
}
