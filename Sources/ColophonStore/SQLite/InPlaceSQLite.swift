package import ColophonCore
import GRDB

/// The embedded engine in memory, on the caller's thread: the same schema and the same SQL as `SQLiteDatabase`, without threads, group
/// commit or waiting. For simulations, in which nothing may depend on what another thread does.
package final class InPlaceSQLite {
    /// What an update did to the row of a run.
    package struct RunUpdate {
        package var run: RunID
        package var from, to: RunStatus
        package var oldEpoch, newEpoch: Int64
        /// When the lease ended that the row had before; nil when it had none.
        package var leaseExpiresAt: Timestamp?
    }

    private let database: Database
    private let watch: Watch

    /// What the trigger reports; the engine runs it within the statement, on the same thread.
    private final class Watch: @unchecked Sendable { var updates: [RunUpdate] = [] }

    /// Opens an empty database and passes it to `body`, which may use it only on its own thread and until it returns.
    package static func withDatabase<Result>(clock: any WallClock, _ body: (InPlaceSQLite) throws -> Result) throws -> Result {
        let queue = try DatabaseQueue(configuration: SQLiteDatabase.configuration(clock: clock))
        return try queue.inDatabase { database in
            try SQLiteMigrations.apply(to: database)
            return try body(try InPlaceSQLite(database))
        }
    }

    private init(_ database: Database) throws {
        self.database = database
        let watch = Watch()
        self.watch = watch
        let report = DatabaseFunction("colophon_watch", argumentCount: 6, pure: false) { values in
            guard let run = String.fromDatabaseValue(values[0]), let from = String.fromDatabaseValue(values[1]).flatMap(RunStatus.init),
                let to = String.fromDatabaseValue(values[2]).flatMap(RunStatus.init), let oldEpoch = Int64.fromDatabaseValue(values[3]),
                let newEpoch = Int64.fromDatabaseValue(values[4])
            else { throw ColophonError(.internal, "A run's row has a status or an epoch that is none.") }
            watch.updates.append(
                RunUpdate(
                    run: RunID(rawValue: run), from: from, to: to, oldEpoch: oldEpoch, newEpoch: newEpoch,
                    leaseExpiresAt: Int64.fromDatabaseValue(values[5]).map(Timestamp.init(milliseconds:))))
            return nil
        }
        database.add(function: report)
        try database.execute(
            sql: """
                CREATE TEMP TRIGGER watch_runs AFTER UPDATE ON runs BEGIN
                    SELECT colophon_watch(NEW.id, OLD.status, NEW.status, OLD.epoch, NEW.epoch, OLD.lease_expires_at);
                END
                """)
    }

    /// Lets everything that `body` writes be forgotten when it ends: an empty database again, without the cost of making one.
    package func withWritesForgotten<Result>(_ body: () throws -> Result) throws -> Result {
        try run("BEGIN")
        defer { try? run("ROLLBACK") }
        return try body()
    }

    /// Runs a body as a transaction of its own.
    ///
    /// - Returns: What the body returned, and every update of a run's row in order.
    /// - Throws: What the body throws, or `ColophonError` when the engine fails; then nothing has changed.
    package func write<Result>(_ body: (SQLTransaction) throws -> Result) throws -> (result: Result, updates: [RunUpdate]) {
        watch.updates.removeAll(keepingCapacity: true)
        try run("SAVEPOINT verb")
        do {
            let connection = SQLiteConnection(database: database)
            let transaction = SQLTransaction(connection)
            let result = try body(transaction)
            try connection.writeChanges(transaction.changes)
            try run("RELEASE verb")
            return (result, watch.updates)
        } catch {
            try run("ROLLBACK TO verb")
            try run("RELEASE verb")
            throw SQLiteError.translate(error)
        }
    }

    package func read<Result>(_ body: (any SQLConnection) throws -> Result) throws -> Result {
        do { return try body(SQLiteConnection(database: database)) } catch { throw SQLiteError.translate(error) }
    }

    private func run(_ sql: String) throws { try database.cachedStatement(sql: sql).execute() }
}
