import GRDB

/// One caller's transaction on its way through a group commit.
///
/// Only the writer's thread touches it once it is queued.
final class GroupCommitEntry: @unchecked Sendable {
    /// What the caller will be told; set by each run of the body.
    var outcome: Result<Void, any Error>?

    private let body: (SQLTransaction) throws -> Void
    private let resume: (Result<Void, any Error>) -> Void

    init<Value: Sendable>(body: @escaping @Sendable (SQLTransaction) throws -> Value, continuation: CheckedContinuation<Value, any Error>) {
        let slot = Slot<Value>()
        self.body = { slot.value = try body($0) }
        resume = { outcome in
            switch (outcome, slot.value) {
            case (.success, .some(let value)): continuation.resume(returning: value)
            case (.success, nil): preconditionFailure("a body that ended well has a value")
            case (.failure(let error), _): continuation.resume(throwing: error)
            }
        }
    }

    private final class Slot<Value> { var value: Value? }

    /// Runs the body in a savepoint of its own.
    ///
    /// - Returns: The feed changes to number before the commit; none when the body threw.
    /// - Throws: Only when the engine itself failed, so that the whole transaction is lost.
    func run(on connection: SQLiteConnection, _ database: Database) throws -> [SQLTransaction.PendingChange] {
        try database.execute(sql: "SAVEPOINT entry")
        let transaction = SQLTransaction(connection)
        do {
            try body(transaction)
            try database.execute(sql: "RELEASE entry")
            outcome = .success(())
            return transaction.changes
        } catch {
            guard database.isInsideTransaction, !SQLiteError.isEngineFailure(error) else { throw error }
            try database.execute(sql: "ROLLBACK TO entry")
            try database.execute(sql: "RELEASE entry")
            outcome = .failure(SQLiteError.translate(error))
            return []
        }
    }

    /// Resumes the caller.
    func answer(_ outcome: Result<Void, any Error>? = nil) {
        resume(outcome ?? self.outcome ?? .failure(SQLiteError.translate(DatabaseError(resultCode: .SQLITE_ABORT))))
    }
}
