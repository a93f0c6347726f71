import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// Nothing sets deadlines yet, but the queue keeps them.
@Suite struct DeadlineTests {
    /// An open store with one claimed run that must be finished within a time.
    private func claimed(within time: Duration) async throws -> (OpenStore, ClaimedJob, DocumentID) {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        let id = try await open.upload().detail.document.id
        let deadline = (open.clock.now() + time).milliseconds
        try await open.database.write { _ = try $0.execute("UPDATE jobs SET deadline_at = ?", [.integer(deadline)]) }
        return (open, try #require(try await open.claim().first), id)
    }

    @Test func `a retry is due before the deadline, with time left for it`() async throws {
        let (open, job, _) = try await claimed(within: .seconds(10))
        let outcome = try await open.store.fail(job.claim, with: RunFailure(.ioError), policy: RetryPolicy(), retryDelay: .seconds(60))
        #expect(outcome == .retrying(at: open.clock.now() + .seconds(5)))
    }

    @Test func `a failure after the deadline ends the run with that code, and its history says how the attempt ended`() async throws {
        let (open, job, id) = try await claimed(within: .seconds(10))
        open.clock.advance(by: .seconds(11))
        let failure = RunFailure(.ioError, "a disk was away")
        #expect(try await open.store.fail(job.claim, with: failure, policy: RetryPolicy(), retryDelay: .zero) == .failed)
        #expect(try await open.store.document(id, in: open.scope).run.failure == RunFailure(.deadline))
        let events = try await open.store.events(of: id, after: 0, limit: 100, in: open.scope)
        #expect(events.last?.meta["lastAttempt"] == "a disk was away")
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test func `a lease that ends after the deadline ends the run`() async throws {
        let (open, _, id) = try await claimed(within: .seconds(10))
        open.clock.advance(by: .seconds(16))
        #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 1)
        #expect(try await open.store.document(id, in: open.scope).run.failure?.code == .deadline)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run that waited past its deadline ends without being tried, and holds up nobody`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let late = try await open.upload("late").detail.document.id
        let deadline = (open.clock.now() + .seconds(1)).milliseconds
        try await open.database.write { _ = try $0.execute("UPDATE jobs SET deadline_at = ?", [.integer(deadline)]) }
        let other = try await open.upload("other").detail.document.id
        open.clock.advance(by: .seconds(2))
        #expect(try await open.claim(limit: 5).map(\.documentID) == [other])
        let run = try await open.store.document(late, in: open.scope).run
        #expect(run.status == .failed && run.failure?.code == .deadline && run.attempt == 0)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run that waited too long and a newer one of its document are picked together`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload("late").detail.document.id
        let deadline = (open.clock.now() + .seconds(1)).milliseconds
        try await open.database.write { _ = try $0.execute("UPDATE jobs SET deadline_at = ?", [.integer(deadline)]) }
        let newer = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        open.clock.advance(by: .seconds(2))
        #expect(try await open.claim(limit: 5).map(\.claim.run) == [newer.id])
        let events = try await open.store.events(of: id, after: 0, limit: 100, in: open.scope)
        #expect(events.suffix(2).map(\.type) == [.failed, .processing])
        #expect(try await open.store.violations(limit: 10) == [])
    }
}
