import ColophonAPI
import ColophonCore
import FoundationEssentials

extension ListAddress {
    /// What the list asks the ledger for. A cursor that is none of this list's is left out: the first page answers an old bookmark.
    ///
    /// - Throws: `invalid` for a search that is too long.
    func query(limits: Limits, now: Timestamp) throws -> DocumentQuery {
        do { return try query(cursor: cursor, limits: limits, now: now) } catch let error as ColophonError where error.field == "cursor" {
            return try query(cursor: nil, limits: limits, now: now)
        }
    }

    private func query(cursor: String?, limits: Limits, now: Timestamp) throws -> DocumentQuery {
        try DocumentQuery.parse(
            filters: try Self.text(filters), sort: try Self.text([["id": .string(sortID), "desc": .bool(descending)]]), cursor: cursor,
            q: q,
            includeTotal: "true", limits: limits, now: now)
    }

    private var filters: [[String: JSONValue]] {
        func one(_ id: String, _ value: String) -> [[String: JSONValue]] {
            value.isEmpty ? [] : [["id": .string(id), "operator": "in", "value": .array([.string(value)])]]
        }
        let phase: [[String: JSONValue]] =
            status == "waiting" ? [["id": "lastRunPhase", "operator": "isEmpty"]] : one("lastRunPhase", status)
        return phase + one("fileType", type) + one("tags", tag)
    }

    private static func text(_ value: [[String: JSONValue]]) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
