import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation

/// A queue to measure: an engine with every commit synced, over a folder or a server of its own.
struct QueueRig {
    enum Engine: String, ExpressibleByArgument, CaseIterable { case sqlite, postgres }

    let engine: Engine
    let store: SQLStore
    let database: any SQLDatabase
    let server: PostgresServer?

    static let workspace = WorkspaceID(rawValue: "bench")
    static let worker = WorkerID(rawValue: "bench")
    static let jobType = "noop"

    /// Runs a measurement over an empty queue, which is gone afterwards.
    ///
    /// - Parameter server: A running server to use; a schema of its own is made in it.
    static func with<Result>(
        _ engine: Engine, server: PostgresServer?, _ body: (QueueRig) async throws -> Result
    ) async throws -> Result {
        try await Samples.withFolder { folder in
            let database: any SQLDatabase
            let schema = try await server?.emptySchema()
            if let schema {
                database = try await PostgresDatabase.open(PostgresSettings(url: schema))
            } else {
                let embedded = try await SQLiteDatabase.open(path: "\(folder)/queue.sqlite")
                guard try await embedded.synchronousLevel() == 2 else { throw ColophonError(.internal, "FULL is not in force.") }
                database = embedded
            }
            let rig = QueueRig(engine: engine, store: SQLStore(database), database: database, server: server)
            try await rig.store.ensureWorkspace(workspace, name: "bench")
            let result = try await body(rig)
            try await database.close()
            // What is left would be cleared away and written back beside the next measurement.
            if let schema { try await server?.execute("DROP SCHEMA \(PostgresServer.schemaName(in: schema)) CASCADE") }
            return result
        }
    }

    /// Starts a server when the engine needs one, and stops it afterwards.
    static func withServer<Result>(_ engine: Engine, _ body: (PostgresServer?) async throws -> Result) async throws -> Result {
        guard engine == .postgres else { return try await body(nil) }
        let server = try await PostgresServer.start(settings: ["shared_buffers=256MB", "max_wal_size=4GB"])
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Adds no-op jobs that belong to no run.
    func addBareJobs(_ count: Int, to workspace: WorkspaceID = Self.workspace) async throws {
        for start in stride(from: 0, to: count, by: 2000) {
            let jobs = (start..<min(start + 2000, count)).map { _ in
                let id = JobID.make()
                return NewJob(workspace: workspace, id: id, type: Self.jobType, envelope: "{}", idempotencyKey: id.rawValue)
            }
            guard try await store.enqueue(jobs) == jobs.count else { throw ColophonError(.internal, "Jobs were left out.") }
        }
    }

    /// Adds documents, each with a version, a run and its job, by four statements: filling is not what is measured. Identifiers and envelopes
    /// are as long as the product's.
    func addRuns(_ count: Int) async throws {
        let workspace = Self.workspace.rawValue
        let hash = String(repeating: "0", count: 64)
        func id(_ kind: Int) -> String { "'0193e2f0-000\(kind)-7000-8000-' || (100000000000 + i)" }
        let (document, version, run) = (id(1), id(2), id(3))
        let envelope = """
            '{"attempt":1,"created_at":"2026-01-01T00:00:00.000Z","extractor":"none","extractor_version":"1","idempotency_key":"\(hash)","job_id":"'
            || \(run) || '","run_id":"' || \(run) || '","schema_version":1,"source_version_id":"' || \(version) || '","trace_id":"' || \(run)
            || '","type":"\(JobType.extract)","workspace_id":"\(workspace)"}'
            """
        let numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) "
        let statements = [
            "INSERT INTO files (workspace_id, id, name, version_count, run_count, created_at, updated_at) "
                + "\(numbers) SELECT '\(workspace)', \(document), 'x', 1, 1, 0, 0 FROM n",
            "INSERT INTO file_versions (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key, "
                + "created_at) \(numbers) SELECT '\(workspace)', \(version), \(document), 1, '\(hash)', 1, 'application/pdf', 'x', "
                + "'bench/sources/' || i, 0 FROM n",
            "INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, status, step, extractor, extractor_version, trace_id, "
                + "created_at, updated_at, queued_at) \(numbers) SELECT '\(workspace)', \(run), \(document), \(version), 1, 'queued', "
                + "'queued', 'none', '1', \(run), 0, 0, 0 FROM n",
            "INSERT INTO jobs (workspace_id, id, type, run_id, envelope, state, due_at, order_at) "
                + "\(numbers) SELECT '\(workspace)', \(run), '\(JobType.extract)', \(run), \(envelope), 'due', i, i FROM n",
        ]
        try await database.write { transaction in for sql in statements { _ = try transaction.execute(sql, []) } }
    }

    /// Lets PostgreSQL learn what is there, as its autovacuum would a minute later; SQLite needs none of it.
    func analyze() async throws { try await server?.execute("VACUUM ANALYZE") }
}
