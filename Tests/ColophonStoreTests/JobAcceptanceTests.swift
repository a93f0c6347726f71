import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// Seed 003, section 14, line by line, in both engines: what a queue of jobs must be before anything else is built on it.
@Suite struct JobAcceptanceTests {
    private static let recipe = RunRecipe(
        name: "test", version: "1", settings: RunSettings(mapping: MappingChoice(name: "pt_simon_invoice_v1", isPretty: false)))

    private func rows(_ open: OpenStore) async throws -> Int {
        try await open.database.read { try $0.row("SELECT count(*) AS n FROM runs", [])?.int("n") ?? -1 }
    }

    @Test(arguments: StoreDriver.allCases)
    func `making a job never fails in silence`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        // Stored and waiting, with where its bytes lie and their hash …
        let made = try await open.upload("a", process: false, recipe: Self.recipe).detail
        #expect(made.run.status == .uploaded && !made.version.sha256.isEmpty && made.version.bytes == 1)
        #expect(made.version.blob.rawValue.isEmpty == false)
        // … or an error, and then nothing at all: here of a document that is gone.
        try await open.store.deleteDocument(made.document.id, in: open.scope)
        let before = try await rows(open)
        await #expect(throws: ColophonError.self) { try await open.upload("b", to: made.document.id, recipe: Self.recipe) }
        #expect(try await rows(open) == before)
    }

    @Test(arguments: StoreDriver.allCases)
    func `one upload is one row`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload("a", recipe: Self.recipe)
        #expect(try await rows(open) == 1)
    }

    @Test(arguments: StoreDriver.allCases)
    func `the same upload again is the same job, while it runs and when it is done`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload("a", recipe: Self.recipe)
        for _ in 0..<2 {
            let again = try await open.upload("a", recipe: Self.recipe)
            #expect(again.detail.run.id == first.detail.run.id && again.dedupedFrom == first.detail.run.id)
            if first.detail.run.status == .queued, try await open.claim().isEmpty == false { continue }
        }
        #expect(try await rows(open) == 1)
        // Another mapping, or somebody else's upload, is other work.
        let other = RunRecipe(name: "test", version: "1", settings: RunSettings(mapping: MappingChoice(name: "other_v1", isPretty: false)))
        #expect(try await open.upload("a", recipe: other).dedupedFrom == nil)
        #expect(try await open.upload("a", recipe: Self.recipe, in: open.stranger).dedupedFrom == nil)
        #expect(try await rows(open) == 3)
    }

    @Test(arguments: StoreDriver.allCases)
    func `what failed blocks no upload of the same bytes`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload("a", recipe: Self.recipe)
        let job = try #require(try await open.claim().first)
        _ = try await open.store.fail(job.claim, with: RunFailure(.validationError), policy: RetryPolicy(), retryDelay: .zero)
        let again = try await open.upload("a", recipe: Self.recipe)
        #expect(again.dedupedFrom == nil && again.detail.run.id != first.detail.run.id)
    }

    @Test(arguments: StoreDriver.allCases)
    func `there is a result only of what is complete, and an error only of what has failed`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        func check(_ run: Run) async throws {
            #expect((run.failure != nil) == (run.status == .failed))
            #expect((run.leasedBy != nil) == (run.status == .processing) && (run.leaseExpiresAt != nil) == (run.status == .processing))
            #expect(run.status != .processing || run.startedAt != nil)
            #expect((run.endedAt != nil) == [.complete, .failed, .cancelled].contains(run.status))
            let result = try? await open.store.artifact(.structure, run: run.id, of: run.documentID, in: open.scope)
            #expect((result != nil) == (run.status == .complete), "\(run.status)")
        }
        let id = try await open.upload("a", recipe: Self.recipe).detail.run
        func run() async throws -> Run { try await open.store.run(id.id, in: open.scope) }
        try await check(run())
        let failing = try #require(try await open.claim().first)
        try await check(run())
        _ = try await open.store.fail(failing.claim, with: RunFailure(.gatewayRefused), policy: RetryPolicy(), retryDelay: .zero)
        #expect(try await run().failure?.code == .gatewayRefused)
        try await check(run())
        // Tried again by hand: the error is gone from the row, and stays in the history.
        _ = try await open.store.retryRun(id.id, of: id.documentID, in: open.scope)
        try await check(run())
        try await open.complete()
        #expect(try await run().status == .complete)
        try await check(run())
        let events = try await open.store.events(of: id.documentID, after: 0, limit: 100, in: open.scope).map(\.type)
        #expect(events.contains(.failed) && events.last == .complete)
        // The database itself refuses what breaks a rule.
        for change in ["error_code = 'X', error_message = 'x'", "status = 'failed'", "leased_by = 'w'", "completed_at = NULL"] {
            await #expect(throws: (any Error).self, "\(change)") {
                try await open.database.write { _ = try $0.execute("UPDATE runs SET \(change)", []) }
            }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job is leased, worked on and released; a crashed lease is another's, and the first can no longer write`(driver: StoreDriver)
        async throws
    {
        let open = try await driver.openEmpty()
        try await open.upload("a", recipe: Self.recipe)
        let first = try #require(try await open.claim("one").first)
        #expect(try await open.claim("two").isEmpty)
        try await open.store.release(first.claim)
        let second = try #require(try await open.claim("two").first)
        open.clock.advance(by: .seconds(16))
        #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 1)
        let third = try #require(try await open.claim("three").first)
        #expect(third.claim.run == first.claim.run && third.claim.epoch > second.claim.epoch)
        for late in [first, second] {
            await #expect(throws: ColophonError.self) { try await open.store.complete(late.claim, with: open.result(of: late.claim)) }
        }
        try await open.store.complete(third.claim, with: open.result(of: third.claim))
        #expect(try await open.store.run(third.claim.run, in: open.scope).status == .complete)
    }

    /// So few rows would be read whole; the question is whether an index can answer.
    private func plans(of recorder: RecordingDatabase, in open: OpenStore) async throws -> [QueryPlan] {
        try await open.database.walk { connection in
            try (connection as? PostgresConnection)?.command("SET enable_seqscan = off")
            return try recorder.log.statements.map { try QueryPlan($0, on: connection) }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `my jobs are listed by an index, nobody else's among them`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for number in 0..<60 {
            open.clock.advance(by: .seconds(1))
            try await open.upload("mine \(number)", recipe: Self.recipe)
            try await open.upload("theirs \(number)", recipe: Self.recipe, in: open.stranger)
        }
        for query in [RunQuery(limit: 20), RunQuery(limit: 20, statuses: [.failed]), RunQuery(limit: 20, statuses: [.complete])] {
            let recorder = RecordingDatabase(open.database)
            let runs = try await SQLStore(recorder).runs(query, in: open.scope)
            #expect(runs.count == (query.statuses.isEmpty ? 20 : 0))
            let plans = try await plans(of: recorder, in: open)
            let index = query.statuses == [.failed] ? "runs_failed" : "runs_newest"
            #expect(!plans.isEmpty && plans.allSatisfy { !$0.readsTable && !$0.sorts && $0.names(index) }, "\(plans)")
        }
        let recorder = RecordingDatabase(open.database)
        #expect(try await SQLStore(recorder).activeRuns(in: open.scope) == 60)
        let plans = try await plans(of: recorder, in: open)
        #expect(plans.count == 3 && plans.allSatisfy { !$0.readsTable }, "\(plans)")
    }
}
