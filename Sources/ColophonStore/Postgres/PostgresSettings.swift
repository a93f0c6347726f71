package import ColophonCore

/// Which server to connect to, and how long to wait for it.
package struct PostgresSettings: Sendable {
    /// libpq's own form of URL, `postgres://user:password@host:port/database?sslmode=…`; what it leaves out comes from libpq's environment.
    package var url: String
    /// How many connections this process holds at most; each has a thread.
    package var connections = 8
    /// The longest that one statement may take, waiting for locks included.
    package var statementTimeout: Duration = .seconds(30)
    /// The longest that one statement which reads whole tables may take, and that its transaction, which locks nothing, may sit between two.
    package var surveyTimeout: Duration = .seconds(30)
    /// The longest that one step of bringing the schema up to date may take, waiting for another process that does it included: the index of
    /// a table with many rows takes longer than any verb may.
    package var migrationTimeout: Duration = .seconds(3600)
    /// How long connecting may take.
    package var connectTimeout: Duration = .seconds(5)
    /// The longest that a transaction may sit between two statements: a process that is stopped must not hold locks for ever.
    package var idleTransactionTimeout: Duration = .seconds(3)
    /// How long a statement keeps its plan. Planning all of them anew takes some ten milliseconds.
    package var planLife: Duration = .seconds(10)
    /// Where the database's time comes from in tests; nil is the server's own clock.
    package var clock: (any WallClock)?

    package init(url: String) { self.url = url }

    /// Whether a text names a PostgreSQL server rather than anything else.
    package static func isURL(_ text: String) -> Bool { text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") }
}
