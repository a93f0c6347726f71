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
    let lists = KeptLists()

    package init(_ database: any SQLDatabase, machine: Machine = .real) {
        self.database = database
        self.machine = machine
        // On SQLite writers share their commits anyway, and all wait while one writes.
        let (batchMax, leadersMax) = database.dialect == .postgres ? (SQLTable.rowsMax, 2) : (100, 1)
        completions = Batcher(
            batchMax: batchMax, leadersMax: leadersMax, mayRepeat: Self.isRefusal,
            act: { completions in try await database.write { try $0.complete(completions) } })
        endings = Batcher(
            batchMax: 10,
            act: { claims in
                let lost = try await database.write { try $0.finish(claims.flatMap { $0 }) }
                return claims.map { lost.intersection($0) }
            })
    }

    /// How long a server may take to say that it is there: whoever asks whether Colophon is ready must not wait as long as a statement may.
    static let checkLimit: Duration = .seconds(5)

    /// Whether the engine refused what a statement wanted to write: then nothing of its transaction was committed.
    private static func isRefusal(_ error: any Error) -> Bool {
        guard let cause = (error as? ColophonError)?.cause else { return false }
        return SQLiteError.isRefusal(cause) || ((cause as? PostgresFailure)?.isRefusal ?? false)
    }

    package func check() async throws {
        try await database.write(within: Self.checkLimit) { transaction in
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
    private struct Entry {
        var turns = ClaimTurns()
        /// Whether a claim is under way that may look anew.
        var isLooking = false
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// Runs a claim with what is known, and keeps what it learns.
    ///
    /// - Parameter claim: Given a copy, and whether it may look anew; returns the copy as it is afterwards.
    func with<Result>(
        _ type: String, _ claim: (ClaimTurns, _ mayForget: Bool) async throws -> (Result, ClaimTurns)
    ) async throws -> Result {
        let (turns, mayForget) = entries.withLock { entries in
            let entry = entries[type, default: Entry()]
            entries[type, default: Entry()].isLooking = true
            return (entry.turns, !entry.isLooking)
        }
        defer { if mayForget { entries.withLock { $0[type, default: Entry()].isLooking = false } } }
        let (result, learnt) = try await claim(turns, mayForget)
        entries.withLock { $0[type, default: Entry()].turns.learn(from: learnt) }
        return result
    }
}
