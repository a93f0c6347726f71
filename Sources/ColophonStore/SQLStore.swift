package import ColophonCore
import Synchronization

/// The one store: verbs in SQL that both engines speak, in files by subject.
package struct SQLStore: Store {
    let database: any SQLDatabase
    /// For identifiers alone: every time that is stored is the database's.
    let machine: Machine
    let completions: Batcher<Completion, CompletionOutcome>
    let endings: Batcher<[JobClaim], Set<JobClaim>>
    let turns = ClaimMemory()

    package init(_ database: any SQLDatabase, machine: Machine = .real) {
        self.database = database
        self.machine = machine
        completions = Batcher(batchMax: 100) { completions in
            try await database.write { try $0.complete(completions) }
        }
        endings = Batcher(batchMax: 10) { claims in
            let lost = try await database.write { try $0.finish(claims.flatMap { $0 }) }
            return claims.map { lost.intersection($0) }
        }
    }

    package func check() async throws {
        try await database.write { transaction in
            // A statement that writes: a server that only reads must not pass.
            _ = try transaction.execute("UPDATE workspaces SET name = name WHERE id = ?", [.id(Library.defaultWorkspace)])
        }
    }

    package func unreferenced(_ keys: [BlobKey]) async throws -> Set<BlobKey> {
        try await database.read { connection in
            try Set(
                keys.filter { key in
                    let sql = """
                        SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM file_versions WHERE blob_key = ? AND expired_at IS NULL)
                        OR EXISTS (SELECT 1 FROM artifacts WHERE blob_key = ?)
                        """
                    return try connection.row(sql, [.text(key.rawValue), .text(key.rawValue)]) == nil
                })
        }
    }
}

/// What this process's claims have learnt, for each type of job.
final class ClaimMemory: Sendable {
    private let turns = Mutex<[String: ClaimTurns]>([:])

    func turns(for type: String) -> ClaimTurns { turns.withLock { $0[type] ?? ClaimTurns() } }
    func keep(_ turns: ClaimTurns, for type: String) { self.turns.withLock { $0[type] = turns } }
}
