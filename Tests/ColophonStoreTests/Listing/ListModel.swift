import ColophonCore
import ColophonSamples
import Foundation

@testable import ColophonStore

/// A question about lists in a request's words, and its answer by looking at every sample.
struct ListModel: CustomStringConvertible {
    struct Filter {
        var id: String
        var op: String
        var value: Value

        var json: String { #"{"id":"\#(id)","operator":"\#(op)","value":\#(value.json)}"# }
    }

    indirect enum Value {
        case text(String)
        case number(Int64)
        case flag(Bool)
        case list([Value])
        case nothing

        var json: String {
            switch self {
            case .text(let text): String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
            case .number(let number): "\(number)"
            case .flag(let flag): "\(flag)"
            case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
            case .nothing: "null"
            }
        }

        var texts: [String] {
            switch self {
            case .text(let text): [text]
            case .list(let values): values.flatMap(\.texts)
            default: []
            }
        }

        var numbers: [Int64] {
            switch self {
            case .number(let number): [number]
            case .list(let values): values.flatMap(\.numbers)
            default: []
            }
        }
    }

    var filters: [Filter] = []
    var join = "and"
    var sort: [(id: String, desc: Bool)] = []
    var q = ""
    var lifecycle = "active"

    func query(limit: Int, cursor: String? = nil, counts: Bool = false) throws -> DocumentQuery {
        try DocumentQuery.parse(
            filters: "[" + filters.map(\.json).joined(separator: ",") + "]",
            sort: sort.isEmpty ? nil : "[" + sort.map { #"{"id":"\#($0.id)","desc":\#($0.desc)}"# }.joined(separator: ",") + "]",
            joinOperator: join, limit: "\(limit)", cursor: cursor, q: q, includeTotal: "\(counts)", includeFacets: "\(counts)",
            lifecycle: lifecycle, now: Timestamp(milliseconds: 1_700_000_000_000))
    }

    var description: String { "\(filters.map(\.json)) \(join) \(sort) q=\(q) \(lifecycle)" }

    // MARK: The answer

    func matching(_ samples: [ListSample]) -> [ListSample] {
        let found = samples.filter { sample in
            guard (sample.deletedAt == nil) == (lifecycle == "active") else { return false }
            let tokens = DocumentName.key(q).split(separator: " ").map(String.init).filter { $0.count >= 2 }
            let isFound = tokens.allSatisfy { token in
                sample.nameKey.contains(token) || sample.tags.contains { $0.contains(token) } || sample.id.rawValue.hasPrefix(token)
            }
            guard isFound else { return false }
            if filters.isEmpty { return true }
            return join == "and" ? filters.allSatisfy { holds($0, sample) } : filters.contains { holds($0, sample) }
        }
        return found.sorted(by: precedes)
    }

    private func holds(_ filter: Filter, _ sample: ListSample) -> Bool {
        let texts: [String]
        switch filter.id {
        case "createdAt": return number(filter, sample.createdAt)
        case "updatedAt": return number(filter, sample.editedAt)
        case "activityAt": return number(filter, sample.activeAt)
        case "byteSize": return number(filter, sample.byteSize)
        case "hasOutput":
            guard case .flag(let wanted) = filter.value else { return false }
            return (sample.hasOutput == wanted) == (filter.op == "eq")
        case "id": texts = [sample.id.rawValue]
        case "name": texts = [sample.nameKey]
        case "fileType": texts = [FileType.of(sample.contentType).rawValue]
        case "tags": texts = sample.tags
        case "uploaderId": texts = sample.uploader.isEmpty ? [] : [sample.uploader]
        case "source": texts = [sample.source.rawValue]
        case "lastRunPhase":
            let words: [RunStatus: String] = [
                .queued: "queued", .processing: "running", .complete: "succeeded", .failed: "failed", .cancelled: "cancelled",
            ]
            texts = words[sample.status].map { [$0] } ?? []
        default: return false
        }
        let wanted = filter.value.texts.map { filter.id == "name" || filter.id == "tags" ? DocumentName.key($0) : $0 }
        switch filter.op {
        case "eq", "in", "inArray": return texts.contains(where: wanted.contains)
        case "ne", "notIn", "notInArray": return !texts.contains(where: wanted.contains)
        case "isEmpty": return texts.isEmpty
        case "isNotEmpty": return !texts.isEmpty
        case "iLike": return Self.isLike(sample.nameKey, wanted[0])
        case "notILike": return !Self.isLike(sample.nameKey, wanted[0])
        default: return false
        }
    }

    private func number(_ filter: Filter, _ number: Int64) -> Bool {
        let bounds = filter.value.numbers
        switch filter.op {
        case "eq": return number == bounds[0]
        case "ne": return number != bounds[0]
        case "lt": return number < bounds[0]
        case "lte": return number <= bounds[0]
        case "gt": return number > bounds[0]
        case "gte": return number >= bounds[0]
        case "between", "isBetween": return number >= bounds[0] && number <= bounds[1]
        default: return filter.op == "isNotEmpty"
        }
    }

    /// Walks through the text piece by piece, since `%` alone stands for others.
    private static func isLike(_ text: String, _ pattern: String) -> Bool {
        if !pattern.contains("%") { return text.contains(pattern) }
        let pieces = pattern.split(separator: "%", omittingEmptySubsequences: false).map(String.init)
        guard let first = pieces.first, let last = pieces.last, text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.range(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    private enum Key {
        case number(Int64?)
        case text(String)
    }

    private func key(_ id: String, _ sample: ListSample) -> Key {
        switch id {
        case "createdAt": .number(sample.createdAt)
        case "updatedAt": .number(sample.editedAt)
        case "deletedAt": .number(sample.deletedAt)
        case "lastRunAt": .number(sample.lastRunAt)
        case "activityAt": .number(sample.activeAt)
        case "byteSize": .number(sample.byteSize)
        case "source": .text(sample.source.rawValue)
        case "name": .text(sample.nameKey)
        default: .text(sample.id.rawValue)
        }
    }

    private func precedes(_ left: ListSample, _ right: ListSample) -> Bool {
        let sort = sort.isEmpty ? [(lifecycle == "deleted" ? "deletedAt" : "createdAt", true)] : sort
        for (id, isDescending) in sort + [("id", sort[0].1)] {
            switch (key(id, left), key(id, right)) {
            case (.number(let one), .number(let other)):
                guard one != other else { continue }
                guard let one else { return false }
                guard let other else { return true }
                return isDescending ? one > other : one < other
            case (.text(let one), .text(let other)):
                guard one != other else { continue }
                let isBefore = one.utf8.lexicographicallyPrecedes(other.utf8)
                return isDescending ? !isBefore : isBefore
            default: return false
            }
        }
        return false
    }
}

extension ListModel {
    /// Every filter id with every operator, with values that some samples have.
    static func filters(using generator: inout SplitMix64) -> [Filter] {
        func pick<Element>(_ values: [Element]) -> Element { values[Int(generator.next() >> 8) % values.count] }
        let phases = ["queued", "running", "succeeded", "failed", "cancelled"]
        let patterns = ["REPORT", "report%", "%.pdf", "e%2%6", "%_%", "0%_s", "\\", "a_b", "%straße%", "Été"]
        let texts: [(String, [String])] = [
            ("name", ListSample.names), ("lastRunPhase", phases), ("fileType", ["pdf", "image", "text", "html", "archive", "office"]),
            ("tags", [" Finance ", "Q1   report", "50%", "ÉTÉ", "other"]),
            ("uploaderId", ListSample.uploaders.filter { !$0.isEmpty } + ["key:x"]),
            ("source", ["uploaded", "generated", "manual"]),
        ]
        var filters: [Filter] = []
        for (id, values) in texts {
            for op in ["eq", "ne"] { filters.append(Filter(id: id, op: op, value: .text(pick(values)))) }
            for op in ["in", "notIn", "inArray", "notInArray"] {
                filters.append(Filter(id: id, op: op, value: .list([.text(pick(values)), .text(pick(values))])))
            }
            for op in ["isEmpty", "isNotEmpty"] { filters.append(Filter(id: id, op: op, value: .nothing)) }
        }
        for op in ["iLike", "notILike"] { for pattern in patterns { filters.append(Filter(id: "name", op: op, value: .text(pattern))) } }
        for (id, step, start) in [
            ("createdAt", Int64(3_600_000), Int64(1_700_000_000_000)), ("updatedAt", 60_000, 1_700_000_000_000),
            ("activityAt", 60_000, 1_700_000_000_000), ("byteSize", 1000, 1),
        ] {
            func value() -> Value { .number(start + Int64(generator.next() >> 8) % 9 * step) }
            for op in ["eq", "ne", "lt", "lte", "gt", "gte"] { filters.append(Filter(id: id, op: op, value: value())) }
            for op in ["between", "isBetween"] { filters.append(Filter(id: id, op: op, value: .list([value(), value()]))) }
            for op in ["isEmpty", "isNotEmpty"] { filters.append(Filter(id: id, op: op, value: .nothing)) }
        }
        for op in ["eq", "ne"] { for flag in [true, false] { filters.append(Filter(id: "hasOutput", op: op, value: .flag(flag))) } }
        return filters
    }

    static let sortIDs = SortKey.ID.allCases.map(\.rawValue)

    /// A question with filters, words and orders from among all.
    static func random(using generator: inout SplitMix64, ids: [String]) -> ListModel {
        func below(_ count: Int) -> Int { Int(generator.next() >> 8) % count }
        var all = filters(using: &generator)
        all.append(Filter(id: "id", op: "eq", value: .text(ids[below(ids.count)])))
        all.append(Filter(id: "id", op: "in", value: .list((0..<9).map { _ in .text(ids[below(ids.count)]) } + [.text("doc-none")])))
        var model = ListModel()
        model.filters = (0..<below(4)).map { _ in all[below(all.count)] }
        model.join = below(3) == 0 ? "or" : "and"
        var sorts = Set<String>()
        for _ in 0..<below(3) {
            let id = sortIDs[below(sortIDs.count)]
            if sorts.insert(id).inserted { model.sort.append((id, below(2) == 0)) }
        }
        model.q = below(5) == 0 ? ["report", "re po", "Straße a", "finance 2", "50%", "doc-1", "_b \\s"][below(7)] : ""
        model.lifecycle = below(6) == 0 ? "deleted" : "active"
        return model
    }
}
