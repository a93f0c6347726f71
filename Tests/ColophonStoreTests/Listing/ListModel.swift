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
