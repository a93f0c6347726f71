import ColophonCore
import ColophonProcesses
import ColophonSamples
import ColophonStore
import Foundation

/// Workspaces with documents and a key each, that writers change and readers follow.
struct FeedWorld: Sendable {
    static let documents = 64

    struct Workspace: Sendable {
        var id: WorkspaceID
        var key: String
        /// The newest change before the first writer.
        var head: Int64
    }

    let database: any SQLDatabase
    private(set) var workspaces: [Workspace] = []

    static func workspace(_ index: Int) -> WorkspaceID { WorkspaceID(rawValue: "feed-\(index)") }

    static func document(_ index: Int) -> DocumentID {
        DocumentID(rawValue: "0193e2f0-0000-7000-8000-" + String(100_000_000_000 + index))
    }

    /// - Parameters:
    ///   - keys: Makes a key for a workspace, and the workspace with it.
    static func make(
        workspaces count: Int, in database: any SQLDatabase, numbering: FeedNumbering, keys: (WorkspaceID) async throws -> String
    ) async throws -> FeedWorld {
        var world = FeedWorld(database: database)
        for index in 0..<count {
            let id = workspace(index)
            let key = try await keys(id)
            try await database.write { transaction in
                for document in 0..<documents {
                    _ = try transaction.execute(
                        "INSERT INTO files (workspace_id, id, name, created_at, updated_at) VALUES (?, ?, 'x', 0, 0)",
                        [.text(id.rawValue), .text(Self.document(document).rawValue)])
                }
                // From the first change on a feed has a floor, below which there is nothing to follow.
                transaction.noteChange(Self.document(0), .upsert, in: id)
                if numbering == .serial { _ = try transaction.execute("CREATE SEQUENCE \(numbering.sequence(of: index)) START 2") }
            }
            world.workspaces.append(Workspace(id: id, key: key, head: 1))
        }
        return world
    }

    /// The newest change of each workspace.
    func heads() async throws -> [Int64] {
        let rows = try await database.read { connection in
            try connection.rows("SELECT workspace_id, CAST(head AS TEXT) AS head FROM workspace_feeds", [])
        }
        let heads = Dictionary(uniqueKeysWithValues: rows.map { ($0.texts["workspace_id"] ?? "", Int64($0.texts["head"] ?? "") ?? -1) })
        return workspaces.map { heads[$0.id.rawValue] ?? -1 }
    }

    /// How many changes writers have made.
    func written() async throws -> Int64 { try await heads().reduce(0, +) - workspaces.reduce(0) { $0 + $1.head } }

    /// A workspace's feed as it is stored.
    func changes(of workspace: Workspace) async throws -> [FeedEntry] {
        var entries: [FeedEntry] = []
        while true {
            let after = entries.last?.id ?? 0
            let rows = try await database.read { connection in
                try connection.rows(
                    "SELECT CAST(id AS TEXT) AS number, document_id, op FROM changes WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT 10000",
                    [.text(workspace.id.rawValue), .integer(after)])
            }
            if rows.isEmpty { return entries }
            entries += rows.map { row in
                FeedEntry(
                    id: Int64(row.texts["number"] ?? "") ?? -1, document: row.texts["document_id"] ?? "",
                    isDelete: row.texts["op"] == "delete")
            }
        }
    }
}

/// A change, small enough to keep millions.
struct FeedEntry: Equatable, Sendable {
    var id: Int64
    /// Which document, and what happened to it.
    var what: UInt64

    init(id: Int64, document: String, isDelete: Bool) {
        self.id = id
        // FNV-1a.
        var hash: UInt64 = isDelete ? 0x100_0000_01B3 : 0xCBF2_9CE4_8422_2325
        for byte in document.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        what = hash
    }
}
