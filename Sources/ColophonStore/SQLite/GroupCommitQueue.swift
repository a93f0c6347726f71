import ColophonCore
import GRDB
import Synchronization

/// Lets transactions that wait at the same time share one commit, so that syncing every commit stays affordable.
///
/// There is no timer: while one commit is being synced, the next batch gathers.
final class GroupCommitQueue: Sendable {
    /// The most bodies of one commit; bounds how long the first of them waits.
    static let batchMax = 100
    /// The most bodies that may wait; more are refused as `unavailable`.
    static let waitingMax = 10_000

    private struct Waiting {
        var entries: [GroupCommitEntry] = []
        var isDraining = false
    }

    private let writer: any DatabaseWriter
    private let waiting = Mutex(Waiting())
    private let commits = Atomic<Int>(0)
    private let onChanges: ChangesCommitted

    init(writer: any DatabaseWriter, onChanges: @escaping ChangesCommitted) {
        self.writer = writer
        self.onChanges = onChanges
    }

    var commitCount: Int { commits.load(ordering: .relaxed) }

    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in enqueue(GroupCommitEntry(body: body, continuation: continuation)) }
    }

    /// Returns when everything that was waiting has been answered.
    func flush() async throws {
        _ = try await write { _ in }
    }

    private func enqueue(_ entry: GroupCommitEntry) {
        enum Next { case drain, wait, refuse }
        let next: Next = waiting.withLock { waiting in
            guard waiting.entries.count < Self.waitingMax else { return .refuse }
            waiting.entries.append(entry)
            defer { waiting.isDraining = true }
            return waiting.isDraining ? .wait : .drain
        }
        switch next {
        case .drain: writer.asyncWriteWithoutTransaction { self.drain($0) }
        case .wait: break
        case .refuse: entry.answer(.failure(ColophonError(.unavailable, "The database is too busy; try again.", retryAfterSeconds: 1)))
        }
    }

    /// Runs batch after batch on the writer's thread until nothing waits.
    private func drain(_ database: Database) {
        while let batch = nextBatch() {
            do {
                try commit(batch, in: database)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                // Whoever holds the lock held it for the whole time-out already; asking again for each would add them up.
                for entry in batch { entry.outcome = .failure(SQLiteError.translate(error)) }
            } catch {
                // A full disk ends the whole transaction, other callers' savepoints included: each gets a transaction of its own.
                for entry in batch {
                    do {
                        try commit([entry], in: database)
                    } catch {
                        entry.outcome = .failure(SQLiteError.translate(error))
                    }
                }
            }
            for entry in batch { entry.answer() }
        }
    }

    private func nextBatch() -> [GroupCommitEntry]? {
        waiting.withLock { waiting in
            let batch = Array(waiting.entries.prefix(Self.batchMax))
            waiting.entries.removeFirst(batch.count)
            waiting.isDraining = !batch.isEmpty
            return batch.isEmpty ? nil : batch
        }
    }

    private func commit(_ batch: [GroupCommitEntry], in database: Database) throws {
        var changes: [SQLTransaction.PendingChange] = []
        try database.execute(sql: "BEGIN IMMEDIATE")
        do {
            let connection = SQLiteConnection(database: database)
            changes = []
            for entry in batch { changes += try entry.run(on: connection, database) }
            try connection.writeChanges(changes)
            try database.execute(sql: "COMMIT")
        } catch {
            if database.isInsideTransaction { try? database.execute(sql: "ROLLBACK") }
            throw error
        }
        commits.add(1, ordering: .relaxed)
        if !changes.isEmpty { onChanges(Set(changes.map(\.workspace))) }
    }
}
