import ColophonCore
import ColophonSamples
import Foundation

@testable import ColophonStore

/// Questions that are drawn by lot.
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
