import ColophonCore
import ColophonTestSupport
import Testing

/// What every store tells of a run that moves, or does not.
@Suite struct RunDetailConformanceTests {
    private func detail(_ run: Run, _ open: OpenStore) async throws -> RunDetail {
        try await open.store.runDetail(run.id, of: run.documentID, in: open.scope)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a waiting run's place is counted in its own workspace, in the order of claims`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload("foreign", in: open.stranger)
        var runs: [Run] = []
        for index in 0..<3 {
            runs.append(try await open.upload("\(index)").detail.run)
            open.clock.advance(by: .milliseconds(1))
        }
        #expect(try await detail(runs[2], open).queue?.ahead == 2)
        let start = open.clock.now() - .milliseconds(3)
        let expected = QueuePlace(ahead: 0, aheadIsMore: false, dueAt: start, orderAt: start, priority: 0, processing: 0)
        let first = try await detail(runs[0], open)
        #expect(first.queue == expected && first.attempts.isEmpty && first.heartbeatAt == nil && first.nextRetryAt == nil)
        #expect(first.at == open.clock.now() && first.run == runs[0])

        _ = try await open.claim(limit: 2)
        #expect(try await detail(runs[0], open).queue == nil)
        let second = try #require(try await detail(runs[1], open).queue)
        #expect(second.ahead == 0 && second.processing == 1)
        #expect(try await detail(runs[2], open).queue?.ahead == 1)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a held run names its worker, its lease's end and its last sign of life`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let run = try await open.upload().detail.run
        let job = try #require(try await open.claim("w7", lease: .seconds(15)).first)
        let claimed = open.clock.now()
        #expect(try await detail(run, open).heartbeatAt == claimed)
        open.clock.advance(by: .seconds(5))
        _ = try await open.store.renew([Heartbeat(claim: job.claim, progress: nil)], lease: .seconds(15))
        open.clock.advance(by: .seconds(4))
        let held = try await detail(run, open)
        #expect(held.heartbeatAt == claimed + .seconds(5) && held.run.leaseExpiresAt == claimed + .seconds(20) && held.queue == nil)
        #expect(held.run.leasedBy?.rawValue == "w7")
        #expect(held.attempts == [RunAttempt(number: 1, worker: WorkerID(rawValue: "w7"), startedAt: claimed)])
    }

    @Test(arguments: StoreDriver.allCases)
    func `every attempt is told with how it ended, and when the next one may begin`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let run = try await open.upload().detail.run
        let released = try #require(try await open.claim("a").first)
        try await open.store.release(released.claim)
        let failing = try #require(try await open.claim("b").first)
        let outcome = try await open.store.fail(
            failing.claim, with: RunFailure(.ioError, "no disk"), policy: RetryPolicy(), retryDelay: .seconds(10))
        #expect(outcome == .retrying(at: open.clock.now() + .seconds(10)))
        #expect(try await detail(run, open).nextRetryAt == open.clock.now() + .seconds(10))
        open.clock.advance(by: .seconds(10))
        #expect(try await detail(run, open).nextRetryAt == nil)
        _ = try #require(try await open.claim("c", lease: .seconds(1)).first)
        open.clock.advance(by: .seconds(2))
        _ = try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy())
        let last = try #require(try await open.claim("d").first)
        try await open.store.complete(last.claim, with: open.result(of: last.claim))

        let attempts = try await detail(run, open).attempts
        #expect(attempts.map(\.number) == [1, 1, 2, 3] && attempts.map { $0.worker?.rawValue } == ["a", "b", "c", "d"])
        #expect(attempts.map(\.outcome) == [.released, .retry, .leaseLost, .complete])
        #expect(attempts.map(\.failure) == [nil, RunAttempt.Failure(code: "IO_ERROR", message: "no disk"), nil, nil])
        #expect(attempts.allSatisfy { $0.endedAt != nil })
    }

    @Test(arguments: StoreDriver.allCases)
    func `of very many attempts the newest are told`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let run = try await open.upload().detail.run
        for _ in 0..<(RunAttempt.toldMax + 20) {
            let job = try #require(try await open.claim().first)
            open.clock.advance(by: .seconds(20))
            #expect(try await open.store.reapExpiredLeases(limit: 1, policy: .patient) == 1)
            #expect(job.claim.run == run.id)
        }
        let attempts = try await detail(run, open).attempts
        #expect(attempts.map(\.number) == Array(21...70) && attempts.allSatisfy { $0.outcome == .leaseLost })
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run of another document, or of another workspace, is unknown`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let run = try await open.upload().detail.run
        let other = try await open.upload("b").detail.run
        for (document, scope) in [(other.documentID, open.scope), (run.documentID, open.stranger)] {
            await #expect(throws: ColophonError.self) { _ = try await open.store.runDetail(run.id, of: document, in: scope) }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `the job that waits longest is the oldest of those that are due`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        #expect(try await open.store.oldestWaitingJob() == nil)
        let foreign = try await open.upload("foreign", in: open.stranger).detail.run
        let due = open.clock.now()
        open.clock.advance(by: .seconds(3))
        try await open.upload()
        let expected = OldestJob(
            workspace: open.stranger.workspace, document: foreign.documentID, run: foreign.id, dueAt: due, at: open.clock.now())
        #expect(try await open.store.oldestWaitingJob() == expected)
    }
}

extension RetryPolicy {
    /// Gives up on nothing.
    fileprivate static let patient = {
        var policy = RetryPolicy()
        policy.leasesLostMax = .max
        return policy
    }()
}
