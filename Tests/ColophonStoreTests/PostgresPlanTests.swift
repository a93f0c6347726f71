import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Foundation
import Testing

@testable import ColophonStore

/// Statistics gathered at a bad moment must not make a claim or its end read whole tables.
@Suite(.timeLimit(.minutes(3))) struct PostgresPlanTests {
    /// How many jobs are worked off, ten at a time.
    private static let jobs = 100
    /// Longer than any test takes.
    private static let longLife: Duration = .seconds(3600)

    @Test func `plans made while a queue was empty serve a flood`() async throws {
        let schema = try await Schema()
        // Making the indexes counts as looks too.
        try await schema.open().database.close()
        try await schema.gatherStatistics()
        let before = try await schema.looks()
        let open = try await schema.open(planLife: Self.longLife)
        // Now everything is planned, over tables that are all but empty.
        try await flood(20, in: open)
        try await work(20, in: open)
        try await flood(3000, in: open)
        try await work(Self.jobs, in: open)
        try await open.database.close()
        let after = try await schema.looks()
        #expect(after.wholeTables == before.wholeTables)
        // By its key a job is found when it is leased and when it ends; the rest is what lies between two versions of it.
        #expect(after.entriesByKey - before.entriesByKey <= Int64((Self.jobs + 20) * 20))
        #expect(after.entriesInOrder - before.entriesInOrder <= Int64((Self.jobs + 20) * 60))
    }

    @Test func `statistics of few living and many dead jobs do not make every key's index be read whole`() async throws {
        let schema = try await Schema()
        let first = try await schema.open()
        var patient = schema.settings
        patient.idleTransactionTimeout = .seconds(120)
        let holder = try PostgresConnection(patient)
        try holder.begin("ISOLATION LEVEL REPEATABLE READ")
        _ = try holder.rows("SELECT count(*) AS count FROM jobs", [])
        for _ in 0..<10 {
            try await flood(300, in: first)
            try await work(300, in: first)
        }
        try await first.database.close()
        try await schema.gatherStatistics()
        let before = try await schema.looks()
        let second = try await schema.open()
        try await flood(Self.jobs, in: second)
        try await work(Self.jobs, in: second)
        try await second.database.close()
        let after = try await schema.looks()
        try holder.commit()
        #expect(after.wholeTables == before.wholeTables)
        #expect(after.entriesByKey - before.entriesByKey <= Int64(Self.jobs * 20))
    }

    @Test(arguments: [Duration.zero, longLife]) func `a plan is made anew when its time is over`(planLife: Duration) async throws {
        // On a server shared with others what they make and drop would make it forget every plan now and then.
        let server = try await PostgresServer.start(settings: ["fsync=off"])
        let schema = try await Schema(on: server)
        var settings = schema.settings
        settings.planLife = planLife
        do {
            let connection = try PostgresConnection(settings)
            try connection.command("CREATE TABLE things (id BIGINT PRIMARY KEY) WITH (autovacuum_enabled = false)")
            try connection.command("VACUUM ANALYZE things")
            func look() throws {
                try connection.begin("READ ONLY", .wholeTables)
                #expect(try connection.rows("SELECT id FROM things WHERE id = ?", [.integer(1)]).count <= 1)
                try connection.commit()
            }
            try look()
            try connection.command("INSERT INTO things SELECT * FROM generate_series(1, 20000)")
            for _ in 0..<20 { try look() }
        }
        try await Task.sleep(for: .seconds(2))
        let read = try await schema.server.execute(
            "SELECT seq_scan FROM pg_stat_user_tables WHERE schemaname = '\(schema.name)' AND relname = 'things'")
        await server.stop()
        #expect(planLife == .zero ? (Int(read) ?? 0) < 5 : (Int(read) ?? 0) > 20, "read whole \(read) times")
    }

    @Test func `a connection that plans anew reads, writes and surveys as before`() async throws {
        var settings = try await Schema().settings
        settings.planLife = .zero
        let clock = ManualClock()
        settings.clock = clock
        let open = try await OpenStore(database: PostgresDatabase.open(settings), clock: clock)
        try await flood(40, in: open)
        try await work(40, in: open)
        #expect(try await open.store.violations(limit: 9).isEmpty)
        #expect(try await open.store.queueDepth() == QueueDepth(waiting: 0, claimed: 0))
        try await open.database.close()
    }

    /// Adds jobs, one in twenty with a run.
    private func flood(_ count: Int, in open: OpenStore) async throws {
        for _ in 0..<count / 20 { _ = try await open.upload(UUID().uuidString) }
        let bare = (0..<count - count / 20).map { _ in
            let id = JobID.make()
            return NewJob(workspace: open.scope.workspace, id: id, type: "test", envelope: "{}", idempotencyKey: id.rawValue)
        }
        _ = try await SQLStore(open.database).enqueue(bare)
    }

    private func work(_ count: Int, in open: OpenStore) async throws {
        let (queue, worker) = (SQLStore(open.database), WorkerID(rawValue: "w"))
        for _ in 0..<(count + 9) / 10 {
            let bare = try await queue.claim("test", limit: 10, for: worker, lease: .seconds(60)).map(\.claim)
            if !bare.isEmpty {
                #expect(try await queue.extend(bare, lease: .seconds(60)).isEmpty)
                #expect(try await queue.finish(bare).isEmpty)
            }
            for job in try await open.store.claimJobs(limit: 1, for: worker, lease: .seconds(60)) {
                #expect(try await open.store.renew([Heartbeat(claim: job.claim, progress: nil)], lease: .seconds(60)).isEmpty)
                try await open.store.complete(job.claim, with: open.result(of: job.claim))
            }
        }
    }
}

/// A schema of its own on a server, and what the server counted in it.
private struct Schema {
    let server: PostgresServer
    let settings: PostgresSettings
    let name: String

    init() async throws { try await self.init(on: .shared()) }

    init(on server: PostgresServer) async throws {
        self.server = server
        let url = try await server.emptySchema()
        name = PostgresServer.schemaName(in: url)
        var settings = PostgresSettings(url: url)
        settings.connections = 1
        self.settings = settings
    }

    func open(planLife: Duration = .seconds(10)) async throws -> OpenStore {
        var settings = settings
        settings.planLife = planLife
        let clock = ManualClock()
        settings.clock = clock
        return try await OpenStore(database: PostgresDatabase.open(settings), clock: clock)
    }

    func gatherStatistics() async throws {
        for command in ["VACUUM", "ANALYZE"] { try await server.execute("\(command) \(name).jobs") }
    }

    /// How often all of `jobs` was read, and how many entries of its indexes were, dead ones too.
    func looks() async throws -> (wholeTables: Int64, entriesByKey: Int64, entriesInOrder: Int64) {
        // A server process tells what it counted a second after it did, or when it ends.
        try await Task.sleep(for: .seconds(2))
        let table = "SELECT seq_scan FROM pg_stat_user_tables WHERE schemaname = '\(name)' AND relname = 'jobs'"
        let index = "SELECT coalesce(sum(idx_tup_read), 0) FROM pg_stat_user_indexes WHERE schemaname = '\(name)' AND indexrelname"
        func number(_ sql: String) async throws -> Int64 { Int64(try await server.execute(sql)) ?? -1 }
        let byKey = "\(index) IN ('jobs_id', 'jobs_key', 'jobs_leased')"
        return (try await number(table), try await number(byKey), try await number("\(index) = 'jobs_due'"))
    }
}
