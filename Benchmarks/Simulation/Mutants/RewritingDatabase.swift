import ColophonCore
import ColophonStore

/// A database that changes statements before it runs them. Changes to the feed are dropped: no invariant of a simulation looks at them.
struct RewritingDatabase: SQLDatabase {
    let inner: any SQLDatabase
    let rewrite: @Sendable (String) -> String
    var dialect: SQLDialect { inner.dialect }
    var commitCount: Int { inner.commitCount }

    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await inner.write { [rewrite] transaction in try body(SQLTransaction(Rewriting(connection: transaction, rewrite: rewrite))) }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await inner.read { [rewrite] in try body(Rewriting(connection: $0, rewrite: rewrite)) }
    }

    func close() async throws { try await inner.close() }

    private struct Rewriting: SQLConnection {
        let connection: any SQLConnection
        let rewrite: @Sendable (String) -> String
        var dialect: SQLDialect { connection.dialect }

        func execute(_ sql: String, _ values: [SQLValue]) throws -> Int { try connection.execute(rewrite(sql), values) }
        func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try connection.rows(rewrite(sql), values) }
    }
}
