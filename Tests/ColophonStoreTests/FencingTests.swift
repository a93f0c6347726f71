import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// The epoch is what keeps a worker that wakes late from writing. The same story must end badly without it, or the tests of it prove nothing.
@Suite struct FencingTests {
    @Test func `a worker that froze past its lease changes nothing when it wakes`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        let (frozen, id) = try await freeze(open)
        let before = try await snapshot(open)
        await #expect(throws: ColophonError.self) { try await open.store.complete(frozen.claim, with: open.result(of: frozen.claim)) }
        #expect(try await snapshot(open) == before)
        #expect(try await open.store.document(id, in: open.scope).run.status == .processing)
    }

    @Test func `without the epoch in its predicate the same worker would publish`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        let (frozen, id) = try await freeze(open)
        let unfenced = SQLStore(UnfencedDatabase(open.database))
        try await unfenced.complete(frozen.claim, with: open.result(of: frozen.claim))
        #expect(try await open.store.document(id, in: open.scope).run.status == .complete)
    }

    /// One worker claims and freezes; the reaper and a second worker go on.
    private func freeze(_ open: OpenStore) async throws -> (ClaimedJob, DocumentID) {
        let id = try await open.upload().detail.document.id
        let frozen = try #require(try await open.claim("frozen", lease: .seconds(5)).first)
        open.clock.advance(by: .seconds(6))
        #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 1)
        #expect(try await open.claim("next").count == 1)
        return (frozen, id)
    }

    private func snapshot(_ open: OpenStore) async throws -> [Int] {
        try await open.database.read { connection in
            try ["artifacts", "events", "changes", "jobs"].map { try connection.rows("SELECT 1 AS one FROM \($0)", []).count }
        }
    }
}

/// The mutant: the same store over a database that takes the epoch out of every predicate.
private struct UnfencedDatabase: SQLDatabase {
    let inner: any SQLDatabase
    var dialect: SQLDialect { inner.dialect }
    var commitCount: Int { inner.commitCount }

    init(_ inner: any SQLDatabase) { self.inner = inner }

    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await inner.write { transaction in try body(SQLTransaction(Unfenced(connection: transaction))) }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        try await inner.read(body)
    }

    func close() async throws { try await inner.close() }

    private struct Unfenced: SQLConnection {
        let connection: any SQLConnection
        var dialect: SQLDialect { connection.dialect }

        func execute(_ sql: String, _ values: [SQLValue]) throws -> Int { try connection.execute(Self.strip(sql), values) }
        func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try connection.rows(Self.strip(sql), values) }

        private static func strip(_ sql: String) -> String {
            sql.replacing("runs.epoch = claim.epoch", with: "claim.epoch >= 0").replacing("epoch = ?", with: "? >= 0")
        }
    }
}
