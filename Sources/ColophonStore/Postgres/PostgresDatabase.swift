import ColophonCore
import Dispatch
import Synchronization

/// The scale-out engine: a PostgreSQL server that any number of processes share.
package final class PostgresDatabase: SQLDatabase {
    /// How often a transaction that fell to a deadlock is run; one whose connection broke before its commit is run twice.
    static let triesMax = 5
    /// How long opening waits for a server that is still starting.
    static let openTimeout: Duration = .seconds(10)

    private let threads: PostgresThreads
    private let commits = Atomic<Int>(0)
    private let onChanges: ChangesCommitted
    package let settings: PostgresSettings
    package var dialect: SQLDialect { .postgres }

    /// Connects and brings the schema up to date; several processes may do so at once.
    ///
    /// - Parameter onChanges: Told of every commit of this process that moved a feed.
    /// - Throws: `unavailable` when the server cannot be reached within ten seconds; `conflict` when a newer Colophon has written it.
    package static func open(
        _ settings: PostgresSettings, onChanges: @escaping ChangesCommitted = { _ in }
    ) async throws -> PostgresDatabase {
        let database = PostgresDatabase(settings, onChanges: onChanges)
        let end = ContinuousClock.now + openTimeout
        do {
            while true {
                do {
                    try await database.run { try PostgresMigrations.apply(to: $0.connected(), clock: settings.clock) }
                    return database
                } catch let error as ColophonError where error.retryAfterSeconds != nil && ContinuousClock.now < end {
                    try await Task.sleep(for: PostgresThreads.pauseAfterRefusal)
                }
            }
        } catch {
            await database.threads.close()
            throw error
        }
    }

    private init(_ settings: PostgresSettings, onChanges: @escaping ChangesCommitted) {
        self.settings = settings
        self.onChanges = onChanges
        threads = PostgresThreads(settings)
    }

    deinit { threads.end() }

    package func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await write(limit: nil, body)
    }

    package func write<Result: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (SQLTransaction) throws -> Result
    ) async throws -> Result { try await write(limit: limit, body) }

    private func write<Result: Sendable>(
        limit: Duration?, _ body: @escaping @Sendable (SQLTransaction) throws -> Result
    ) async throws -> Result {
        try await run(within: limit) { thread in
            let (result, changes) = try Self.repeating(on: thread, mayHaveWritten: true) { connection in
                try connection.begin()
                let transaction = SQLTransaction(connection)
                let result = try body(transaction)
                try connection.writeChanges(transaction.changes)
                return (result, transaction.changes)
            }
            self.commits.add(1, ordering: .relaxed)
            if !changes.isEmpty { self.onChanges(Set(changes.map(\.workspace))) }
            return result
        }
    }

    package func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await read(.byKey, body)
    }

    package func survey<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await read(.wholeTables, body)
    }

    package func walk<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await read(.inOrder, body)
    }

    private func read<Result: Sendable>(
        _ access: PostgresAccess, _ body: @escaping @Sendable (any SQLConnection) throws -> Result
    ) async throws -> Result {
        try await run { thread in
            try Self.repeating(on: thread, mayHaveWritten: false) { connection in
                try connection.begin("ISOLATION LEVEL REPEATABLE READ READ ONLY", access)
                return try body(connection)
            }
        }
    }

    package func close() async throws { await threads.close() }

    package var commitCount: Int { commits.load(ordering: .relaxed) }

    /// Runs work on one of the threads.
    ///
    /// - Parameter limit: How long the caller waits; the work goes on without it.
    private func run<Result: Sendable>(
        within limit: Duration? = nil, _ work: @escaping @Sendable (PostgresThread) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let caller = WaitingCaller(continuation)
            let taken = threads.submit { thread in
                caller.tell(Swift.Result { try work(thread) }.mapError(PostgresFailure.translate))
            }
            if !taken {
                caller.tell(.failure(ColophonError(.unavailable, "The database is too busy; try again.", retryAfterSeconds: 1)))
            } else if let limit {
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(limit.wholeMilliseconds))) {
                    caller.tell(
                        .failure(ColophonError(.unavailable, "The database server does not answer; try again.", retryAfterSeconds: 1)))
                }
            }
        }
    }

    /// Runs a transaction to its commit; again when it fell to another one, or when its connection was lost before the commit was sent.
    ///
    /// - Throws: `internal` when the connection was lost while it committed: then nobody knows whether it did.
    private static func repeating<Result>(
        on thread: PostgresThread, mayHaveWritten: Bool, _ body: (PostgresConnection) throws -> Result
    ) throws -> Result {
        var tries = 0
        while true {
            tries += 1
            let connection = try thread.connected()
            var isCommitting = false
            do {
                let result = try body(connection)
                isCommitting = true
                try connection.commit()
                return result
            } catch let failure as PostgresFailure where failure.isConnectionLost || !connection.isUsable {
                thread.drop()
                if isCommitting && mayHaveWritten {
                    throw ColophonError(.internal, "The database server went away during a commit.", cause: failure)
                }
                guard tries < 2 else { throw failure }
            } catch {
                // A connection that cannot even roll back is of no use to the next transaction.
                do { try connection.command("ROLLBACK") } catch { thread.drop() }
                guard let failure = error as? PostgresFailure, failure.isTransient, tries < triesMax else { throw error }
            }
        }
    }
}

/// A caller that waits for an answer, and is told the first of several.
private final class WaitingCaller<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Value, any Error>?>

    init(_ continuation: CheckedContinuation<Value, any Error>) { self.continuation = Mutex(continuation) }

    func tell(_ answer: Result<Value, any Error>) {
        let waiting = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        waiting?.resume(with: answer)
    }
}
