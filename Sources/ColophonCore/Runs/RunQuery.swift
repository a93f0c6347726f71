import FoundationEssentials

/// Which runs of a workspace are asked for: newest first.
package struct RunQuery: Sendable, Equatable {
    /// The last run of the page before.
    package struct Place: Sendable, Equatable {
        package var createdAt: Timestamp
        package var id: RunID

        package init(createdAt: Timestamp, id: RunID) {
            self.createdAt = createdAt
            self.id = id
        }
    }

    package var limit: Int
    /// Of one document alone; nil for all.
    package var document: DocumentID?
    /// Of these statuses alone; empty for all.
    package var statuses: Set<RunStatus>
    package var after: Place?

    package init(limit: Int, document: DocumentID? = nil, statuses: Set<RunStatus> = [], after: Place? = nil) {
        self.limit = limit
        self.document = document
        self.statuses = statuses
        self.after = after
    }

    /// A query in a request's words.
    ///
    /// - Parameter status: One or more words with commas between: those of lists (`LastRunPhase`) or a run's own.
    /// - Throws: `invalid`, with the parameter as `field`.
    package static func parse(
        limit: String? = nil, cursor: String? = nil, documentID: String? = nil, status: String? = nil, limits: Limits = Limits()
    ) throws -> RunQuery {
        RunQuery(
            limit: try DocumentQuery.number(limit, "limit", 1...limits.listMax) ?? limits.listDefault,
            document: documentID.flatMap { $0.isEmpty ? nil : DocumentID(rawValue: $0) }, statuses: try statuses(status),
            after: try cursor.flatMap { $0.isEmpty ? nil : try Place(cursor: $0) })
    }

    private static func statuses(_ text: String?) throws -> Set<RunStatus> {
        guard let text, !text.isEmpty else { return [] }
        return Set(
            try text.split(separator: ",").map { word in
                switch word {
                case "running": return .processing
                case "succeeded": return .complete
                default:
                    guard let status = RunStatus(rawValue: String(word)) else {
                        throw ColophonError(.invalid, "Invalid status value(s): \(word.prefix(64))", field: "status")
                    }
                    return status
                }
            })
    }
}

extension RunQuery.Place {
    private struct Wire: Codable {
        var v: Int
        var at: Int64
        var id: String
    }

    fileprivate init(cursor text: String) throws {
        guard text.utf8.count <= 1024, let data = Base64URL.decode(text), let wire = try? JSONDecoder().decode(Wire.self, from: data),
            wire.v == 1
        else { throw ColophonError(.invalid, "The cursor is not one of this list's.", field: "cursor") }
        self.init(createdAt: Timestamp(milliseconds: wire.at), id: RunID(rawValue: wire.id))
    }

    /// Base64url of JSON.
    package var cursor: String {
        get throws { Base64URL.encode(try JSONEncoder().encode(Wire(v: 1, at: createdAt.milliseconds, id: id.rawValue))) }
    }
}

package struct RunPage: Sendable, Equatable {
    package var items: [Run]
    package var hasMore: Bool
    package var nextCursor: String?
}

/// Runs with the versions that they read.
package struct JobPage: Sendable {
    package var items: [(run: Run, version: DocumentVersion)]
    package var nextCursor: String?
}
