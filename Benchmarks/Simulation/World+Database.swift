import ColophonCore
import ColophonStore

/// What processes do in the one database, and what is seen of it from outside.
extension World {
    func execute<Result>(_ verb: Verb, for process: SimulatedProcess, _ body: (SQLTransaction) throws -> Result) throws -> Result {
        setDatabaseClock(for: process)
        do {
            let (result, updates) = try database.write(body)
            for update in updates {
                note(process, "\(verb.word) \(update.run) \(update.from) -> \(update.to) epoch \(update.oldEpoch) -> \(update.newEpoch)")
            }
            let now = Timestamp(milliseconds: Self.epoch + scheduler.now / 1000)
            for finding in watch.findings(in: updates, by: verb, now: now) { find(finding) }
            return result
        } catch {
            note(process, "\(verb.word) is refused")
            throw error
        }
    }

    func read<Result>(for process: SimulatedProcess, _ body: (any SQLConnection) throws -> Result) throws -> Result {
        setDatabaseClock(for: process)
        return try database.read(body)
    }

    private func setDatabaseClock(for process: SimulatedProcess?) {
        let skew = mutant.trustsProcessClocks ? process?.clock.skew ?? 0 : 0
        databaseClock.time = Timestamp(milliseconds: Self.epoch + scheduler.now / 1000 + skew)
    }

    /// The store as an operator beside it sees it.
    func look<Result: Sendable>(_ body: @escaping @Sendable (SQLStore) async throws -> Result) throws -> Result {
        setDatabaseClock(for: nil)
        return try direct.run(body)
    }

    /// Whether a document whose bytes somebody still reads is read for the same run.
    func checkOverlap(_ blob: BlobKey) {
        let runs = try? database.read { connection in
            try connection.rows(
                """
                SELECT runs.id FROM runs JOIN file_versions v ON v.workspace_id = runs.workspace_id AND v.id = runs.version_id
                WHERE v.blob_key = ?
                """, [.text(blob.rawValue)]
            ).count
        }
        if runs == 1 { find("\(blob) is read for one run by two workers at once, and neither was frozen") }
    }
}

/// The database's time, set before each transaction.
final class DatabaseClock: WallClock, @unchecked Sendable {
    var time = Timestamp(milliseconds: World.epoch)

    func now() -> Timestamp { time }
}
