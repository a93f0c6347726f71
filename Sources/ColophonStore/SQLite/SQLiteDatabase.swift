package import ColophonCore
import GRDB
import Synchronization

/// The embedded engine: one writer with group commit, readers beside it (WAL).
package final class SQLiteDatabase: SQLDatabase {
    /// How sure a commit is.
    package enum Durability: String, Sendable, CaseIterable {
        /// Survives a power loss: the log is synced before a commit answers.
        case full
        /// Survives the death of the process, not a power loss.
        case normal

        var pragma: Int { self == .full ? 2 : 1 }
    }

    private let writer: any DatabaseWriter
    private let queue: GroupCommitQueue
    package var dialect: SQLDialect { .sqlite }

    /// Opens a database file, made if it is absent, and brings its schema up to date.
    ///
    /// - Parameter onChanges: Told of every commit that moved a feed.
    /// - Throws: `unavailable` when it cannot be opened; `conflict` when a newer Colophon has written it.
    package static func open(
        path: String, durability: Durability = .full, clock: any WallClock = SystemClock(),
        onChanges: @escaping ChangesCommitted = { _ in }
    ) async throws -> SQLiteDatabase {
        try await SQLiteError.translating {
            let pool = try DatabasePool(path: path, configuration: configuration(clock: clock))
            // The pool itself sets NORMAL once a connection is prepared, so this cannot go into the configuration.
            try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(durability.pragma)") }
            return try await make(pool, onChanges: onChanges)
        }
    }

    /// A database in memory, gone when it is released; for tests and simulation.
    package static func inMemory(
        clock: any WallClock = SystemClock(), onChanges: @escaping ChangesCommitted = { _ in }
    ) async throws -> SQLiteDatabase {
        try await SQLiteError.translating {
            try await make(DatabaseQueue(configuration: configuration(clock: clock)), onChanges: onChanges)
        }
    }

    private static func make(_ writer: some DatabaseWriter, onChanges: @escaping ChangesCommitted) async throws -> SQLiteDatabase {
        try await SQLiteMigrations.apply(to: writer)
        return SQLiteDatabase(writer: writer, onChanges: onChanges)
    }

    private init(writer: any DatabaseWriter, onChanges: @escaping ChangesCommitted) {
        self.writer = writer
        queue = GroupCommitQueue(writer: writer, onChanges: onChanges)
    }

    package func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await queue.write(body)
    }

    package func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await SQLiteError.translating { try await writer.read { try body(SQLiteConnection(database: $0)) } }
    }

    package func close() async throws {
        try await queue.flush()
        do { try writer.close() } catch { throw SQLiteError.translate(error) }
    }

    /// The level that the writing connection really has: 1 is NORMAL, 2 is FULL.
    package func synchronousLevel() async throws -> Int {
        try await writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// How many commits the writer has made; a commit is one sync under `full`.
    package var commitCount: Int { queue.commitCount }

    static func configuration(clock: any WallClock) -> Configuration {
        var configuration = Configuration()
        // Another process over the same folder may hold the write lock for as long as its commit takes.
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { database in
            database.add(
                function: DatabaseFunction("colophon_now", argumentCount: 0, pure: false) { _ in clock.now().milliseconds })
            // For the migration that gives old documents their keys.
            database.add(
                function: DatabaseFunction("colophon_name_key", argumentCount: 1, pure: true) { values in
                    String.fromDatabaseValue(values[0]).map(DocumentName.key)
                })
        }
        return configuration
    }
}
