package import ColophonCore

/// Told after a commit whose feeds it moved; called on the engine's own thread, so it should not dawdle.
package typealias ChangesCommitted = @Sendable (Set<WorkspaceID>) -> Void

/// An engine: runs transaction bodies on threads of its own and answers when they are durable.
package protocol SQLDatabase: Sendable {
    var dialect: SQLDialect { get }

    /// How many writing commits this process has made; for measurement.
    var commitCount: Int { get }

    /// Runs a body in a transaction of its own and commits it.
    ///
    /// Bodies of several callers may share one commit: each is a savepoint then, a throwing one is rolled back alone, and all
    /// answers wait for the commit. A body may run more than once and must have no effect outside the transaction.
    ///
    /// - Throws: What the body throws, or `ColophonError` when the engine fails.
    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result

    /// As `write`, with an answer in time: what takes longer throws `unavailable`, and may be written all the same.
    func write<Result: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (SQLTransaction) throws -> Result
    ) async throws -> Result

    /// Runs a body over one consistent snapshot; it must not write.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result

    /// As `read`, for a body whose statements look at whole tables rather than for rows by their keys.
    func survey<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result

    /// As `read`, for a body whose statements walk along indexes in the order that they ask for, each of which could also be answered by
    /// sorting all that there is.
    func walk<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result

    /// Closes connections; callers that wait get their answers first.
    func close() async throws
}

extension SQLDatabase {
    package func survey<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await read(body)
    }

    package func walk<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await read(body)
    }

    /// What lies in this process waits for nobody far away.
    package func write<Result: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (SQLTransaction) throws -> Result
    ) async throws -> Result { try await write(body) }
}
