import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import GRDB
import Testing

@testable import ColophonStore

/// What was stored before the schema moved on works after it.
@Suite struct MigrationTests {
    @Test func `jobs that waited while SQLite's jobs were given their runs' names are claimed after it`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/d.sqlite"
        let queue = try DatabaseQueue(path: path)
        try await SQLiteMigrations.apply(to: queue, through: 3)
        try await queue.write { try Self.fill(SQLiteConnection(database: $0)) }
        try queue.close()
        try await check(try await SQLiteDatabase.open(path: path))
    }

    @Test func `jobs that waited while PostgreSQL's jobs were given their runs' names are claimed after it`() async throws {
        let settings = PostgresSettings(url: try await PostgresServer.shared().emptySchema())
        do {
            let connection = try PostgresConnection(settings)
            try PostgresMigrations.apply(to: connection, clock: nil, through: 4)
            try connection.begin()
            try Self.fill(connection)
            try connection.commit()
        }
        try await check(try await PostgresDatabase.open(settings))
    }

    /// Names of letters that the databases fold otherwise than the program.
    private static let names = [
        "RÉSUMÉ  März.pdf", "Straße.pdf", "ﬁle Ⅳ.pdf", "plain.PDF", "a" + String(repeating: "\u{FDFA}", count: 250),
    ]

    @Test func `documents of older schemas are found by their names, whatever their letters`() async throws {
        let fill: @Sendable (any SQLConnection) throws -> Void = { connection in
            _ = try connection.execute("INSERT INTO workspaces (id, name, created_at) VALUES ('w', 'w', 0)", [])
            _ = try connection.execute("INSERT INTO workspace_feeds (workspace_id) VALUES ('w')", [])
            for (index, name) in Self.names.enumerated() {
                _ = try connection.execute(
                    """
                    INSERT INTO files (workspace_id, id, name, version_count, run_count, created_at, updated_at)
                    VALUES ('w', ?, ?, 0, 0, 0, 0)
                    """, [.text("d\(index)"), .text(name)])
            }
        }
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/d.sqlite"
        let queue = try DatabaseQueue(path: path)
        try await SQLiteMigrations.apply(to: queue, through: 4)
        try await queue.write { try fill(SQLiteConnection(database: $0)) }
        try queue.close()
        let settings = PostgresSettings(url: try await PostgresServer.shared().emptySchema())
        do {
            let connection = try PostgresConnection(settings)
            try PostgresMigrations.apply(to: connection, clock: nil, through: 5)
            try connection.begin()
            try fill(connection)
            try connection.commit()
        }
        let databases: [any SQLDatabase] = [try await SQLiteDatabase.open(path: path), try await PostgresDatabase.open(settings)]
        for database in databases {
            let keys = try await database.read { try $0.rows("SELECT name_key FROM files ORDER BY id", []).map { try $0.text("name_key") } }
            #expect(keys == Self.names.map(DocumentName.key))
            try await database.close()
        }
    }

    /// Two runs with their jobs, one of them leased, and a job without a run.
    private static func fill(_ connection: any SQLConnection) throws {
        let hash = String(repeating: "0", count: 64)
        let columns =
            "workspace_id, id, type, run_id, envelope, state, due_at, order_at, epoch, leased_by, lease_expires_at, idempotency_key"
        for sql in [
            "INSERT INTO workspaces (id, name, created_at) VALUES ('w', 'w', 0)",
            "INSERT INTO workspace_feeds (workspace_id) VALUES ('w')",
            """
            INSERT INTO files (workspace_id, id, name, version_count, run_count, created_at, updated_at)
            VALUES ('w', 'd1', 'x', 1, 1, 0, 0), ('w', 'd2', 'x', 1, 1, 0, 0)
            """,
            """
            INSERT INTO file_versions (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key,
                created_at)
            VALUES ('w', 'v1', 'd1', 1, '\(hash)', 1, 'text/plain', 'x', 'b1', 0),
                ('w', 'v2', 'd2', 1, '\(hash)', 1, 'text/plain', 'x', 'b2', 0)
            """,
            """
            INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, status, step, extractor, extractor_version, trace_id, epoch,
                leased_by, lease_expires_at, started_at, created_at, updated_at)
            VALUES ('w', 'r1', 'd1', 'v1', 1, 'queued', 'queued', 'e', '1', 'r1', 0, NULL, NULL, NULL, 0, 0),
                ('w', 'r2', 'd2', 'v2', 1, 'processing', 'parsing', 'e', '1', 'r2', 4, 'a', 9000000000000, 0, 0, 0)
            """,
            """
            INSERT INTO jobs (\(columns)) VALUES
                ('w', 'j1', '\(JobType.extract)', 'r1', '{"job_id":"j1","run_id":"r1"}', 'due', 1, 1, 0, NULL, NULL, 'k1'),
                ('w', 'j2', '\(JobType.extract)', 'r2', '{"job_id":"j2","run_id":"r2"}', 'leased', 2, 2, 4, 'a', 9000000000000, 'k2'),
                ('w', 'j3', 'test', NULL, '{"job_id":"j3"}', 'due', 3, 3, 0, NULL, NULL, 'k3')
            """,
        ] { _ = try connection.execute(sql, []) }
    }

    private func check(_ database: some SQLDatabase) async throws {
        let (store, worker) = (SQLStore(database), WorkerID(rawValue: "b"))
        let rows = try await database.read { try $0.rows("SELECT id, envelope, idempotency_key FROM jobs ORDER BY id", []) }
        #expect(
            try rows.map { [try $0.text("id"), try $0.text("envelope"), try $0.optionalText("idempotency_key")] } == [
                ["j3", #"{"job_id":"j3"}"#, "k3"], ["r1", #"{"job_id":"r1","run_id":"r1"}"#, nil],
                ["r2", #"{"job_id":"r2","run_id":"r2"}"#, nil],
            ])
        let claimed = try await store.claimJobs(limit: 10, for: worker, lease: .seconds(15)).map(\.claim)
        #expect(claimed.map(\.run.rawValue) == ["r1"])
        let held = RunClaim(workspace: WorkspaceID(rawValue: "w"), run: RunID(rawValue: "r2"), epoch: 4)
        #expect(try await store.renew([Heartbeat(claim: held, progress: nil)], lease: .seconds(15)).isEmpty)
        for claim in claimed + [held] {
            let artifact = Artifact(
                kind: .structure, blob: .result(.structure, of: claim), sha256: String(repeating: "0", count: 64), bytes: 1)
            try await store.complete(claim, with: RunResult(artifacts: [artifact], pages: 1, items: 1))
        }
        let again = NewJob(workspace: WorkspaceID(rawValue: "w"), id: .make(), type: "test", envelope: "{}", idempotencyKey: "k3")
        #expect(try await store.enqueue([again]) == 0)
        let bare = try await store.claim("test", limit: 10, for: worker, lease: .seconds(15)).map(\.claim)
        #expect(bare.map(\.job.rawValue) == ["j3"])
        #expect(try await store.finish(bare).isEmpty)
        #expect(try await store.queueDepth() == QueueDepth(waiting: 0, claimed: 0))
        // The history that a run begins with was never written here.
        #expect(try await store.violations(limit: 10) == [])
        try await database.close()
    }
}
