import ColophonCore
import ColophonTestSupport
import Testing

/// What every store promises about claims; written once, run against every driver.
@Suite struct JobConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `a claim raises attempt and epoch, and nobody else is given the job`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let uploaded = try await open.upload()
        let job = try #require(try await open.claim("a").first)
        #expect(job.attempt == 1 && job.claim.epoch == uploaded.detail.run.epoch + 1)
        #expect(try await open.claim("b").isEmpty)

        let run = try await open.store.run(job.claim.run, of: job.documentID, in: open.scope)
        #expect(run.status == .processing && run.leasedBy?.rawValue == "a" && run.startedAt == open.clock.now())
        #expect(run.leaseExpiresAt == open.clock.now() + .seconds(15))
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job whose lease has ended goes to the next worker, and the old epoch cannot change anything`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        let first = try #require(try await open.claim("a", lease: .seconds(5)).first)
        open.clock.advance(by: .seconds(4))
        #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 0)
        open.clock.advance(by: .seconds(2))
        #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 1)
        let second = try #require(try await open.claim("b").first)
        #expect(second.claim.run == first.claim.run && second.attempt == 2 && second.claim.epoch == first.claim.epoch + 2)

        await #expect(throws: ColophonError.self) { try await open.store.complete(first.claim, with: open.result(of: first.claim)) }
        await #expect(throws: ColophonError.self) {
            _ = try await open.store.fail(first.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        }
        try await open.store.release(first.claim)
        let beat = Heartbeat(claim: first.claim, progress: PageProgress(done: 9, total: 9))
        #expect(try await open.store.renew([beat], lease: .seconds(15)) == [first.claim])
        #expect(try await open.store.lost(among: [first.claim, second.claim]) == [first.claim])
        let run = try await open.store.run(second.claim.run, of: second.documentID, in: open.scope)
        #expect(run.status == .processing && run.leasedBy?.rawValue == "b" && run.pagesDone == 0)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a renewed lease lasts, and carries progress`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        let job = try #require(try await open.claim("a", lease: .seconds(5)).first)
        for done in 1...4 {
            open.clock.advance(by: .seconds(4))
            let beat = Heartbeat(claim: job.claim, progress: PageProgress(done: done, total: 7))
            #expect(try await open.store.renew([beat], lease: .seconds(5)).isEmpty)
            #expect(try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy()) == 0)
        }
        let run = try await open.store.run(job.claim.run, of: job.documentID, in: open.scope)
        #expect(run.pagesDone == 4 && run.pagesTotal == 7)
    }

    @Test(arguments: StoreDriver.allCases)
    func `completing publishes the result once, and ends the job`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        let job = try #require(try await open.claim().first)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        await #expect(throws: ColophonError.self) { try await open.store.complete(job.claim, with: open.result(of: job.claim)) }

        let detail = try await open.store.document(job.documentID, in: open.scope)
        #expect(detail.run.status == .complete && detail.run.step == .done && detail.document.currentRunID == job.claim.run)
        #expect(detail.run.pagesTotal == 2 && detail.run.itemCount == 3)
        #expect(try await open.store.queueDepth() == QueueDepth(waiting: 0, claimed: 0))
        let resolved = try await open.store.artifact(.markdown, run: nil, of: job.documentID, in: open.scope)
        #expect(resolved.artifact.blob == .result(.markdown, of: job.claim))
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job handed back is due at once, and its attempt is not counted`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        let first = try #require(try await open.claim("a").first)
        try await open.store.release(first.claim)
        let second = try #require(try await open.claim("b").first)
        #expect(second.attempt == 1 && second.claim.epoch > first.claim.epoch)
        await #expect(throws: ColophonError.self) { try await open.store.complete(first.claim, with: open.result(of: first.claim)) }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a failure worth another try waits, and the third one is final`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let uploaded = try await open.upload()
        for attempt in 1...3 {
            let job = try #require(try await open.claim().first)
            #expect(job.attempt == attempt)
            let outcome = try await open.store.fail(
                job.claim, with: RunFailure(.ioError), policy: RetryPolicy(), retryDelay: .seconds(10))
            let run = try await open.store.run(job.claim.run, of: job.documentID, in: open.scope)
            if attempt < 3 {
                #expect(outcome == .retrying(at: open.clock.now() + .seconds(10)) && run.status == .queued && run.failure == nil)
                #expect(try await open.claim().isEmpty)
                open.clock.advance(by: .seconds(10))
            } else {
                #expect(outcome == .failed && run.status == .failed && run.failure?.code == .ioError)
            }
        }
        let events = try await open.store.events(of: uploaded.detail.document.id, after: 0, limit: 100, in: open.scope)
        #expect(events.map(\.type) == [.created, .queued, .processing, .retry, .processing, .retry, .processing, .failed])
        #expect(events.map(\.seq) == Array(1...8))
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a permanent failure is final at once`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        let job = try #require(try await open.claim().first)
        let outcome = try await open.store.fail(job.claim, with: RunFailure(.passwordProtected), policy: RetryPolicy(), retryDelay: .zero)
        #expect(outcome == .failed)
        #expect(try await open.claim().isEmpty)
    }

    @Test(arguments: StoreDriver.allCases)
    func `three attempts that were cut off quarantine the version, until somebody asks again`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        for crash in 1...3 {
            let job = try #require(try await open.claim().first)
            let outcome = try await open.store.fail(job.claim, with: RunFailure(.lost), policy: RetryPolicy(), retryDelay: .zero)
            #expect((outcome == .failed) == (crash == 3))
        }
        let failed = try await open.store.document(id, in: open.scope).run
        #expect(failed.status == .failed && failed.failure?.code == .lost)

        _ = try await open.store.retryRun(failed.id, of: id, in: open.scope)
        let again = try #require(try await open.claim().first)
        #expect(again.attempt == 4)
        #expect(try await open.store.fail(again.claim, with: RunFailure(.lost), policy: RetryPolicy(), retryDelay: .zero) != .failed)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run that loses its worker again and again fails in the end`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        var policy = RetryPolicy()
        policy.leasesLostMax = 3
        for _ in 1...3 {
            _ = try #require(try await open.claim("a", lease: .seconds(5)).first)
            open.clock.advance(by: .seconds(6))
            #expect(try await open.store.reapExpiredLeases(limit: 10, policy: policy) == 1)
        }
        #expect(try await open.store.document(id, in: open.scope).run.failure?.code == .lost)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `jobs are claimed in the order they are due, no more than asked for`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<5 {
            ids.append(try await open.upload("\(index)").detail.document.id)
            open.clock.advance(by: .milliseconds(1))
        }
        #expect(try await open.claim(limit: 2).map(\.documentID) == Array(ids[..<2]))
        #expect(try await open.claim(limit: 9).map(\.documentID) == Array(ids[2...]))
    }

    @Test(arguments: StoreDriver.allCases)
    func `many workers at once are never given the same job`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<60 { try await open.upload("\(index)") }
        let claimed = try await withThrowingTaskGroup(of: [RunID].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var mine: [RunID] = []
                    while let job = try await open.claim("w\(worker)").first { mine.append(job.claim.run) }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 60 && Set(claimed).count == 60)
    }

    @Test(arguments: StoreDriver.allCases)
    func `the leases of a worker that is dead end at once, and nobody else's`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<3 { try await open.upload("\(index)") }
        let dead = try await open.claim("dead", limit: 2)
        let alive = try #require(try await open.claim("alive").first)
        #expect(try await open.store.hasLeases(WorkerID(rawValue: "dead")))
        #expect(try await open.store.reapLeases(of: WorkerID(rawValue: "dead"), limit: 10, policy: RetryPolicy()) == 2)
        #expect(try await !open.store.hasLeases(WorkerID(rawValue: "dead")))
        #expect(try await open.store.lost(among: dead.map(\.claim) + [alive.claim]) == Set(dead.map(\.claim)))
        #expect(try await open.claim("next", limit: 9).map(\.attempt) == [2, 2])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `claims rotate over workspaces, so that a flood of one does not hold up another`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<20 { try await open.upload("\(index)") }
        let first = try await open.claim(limit: 4)
        open.clock.advance(by: .milliseconds(1))
        try await open.upload("late", in: open.stranger)
        let second = try await open.claim(limit: 4)
        #expect(first.allSatisfy { $0.claim.workspace == open.scope.workspace })
        #expect(second.filter { $0.claim.workspace == open.stranger.workspace }.count == 1 && second.count == 4)
        #expect(try await open.claim(limit: 99).count == 13)
    }

    @Test(arguments: StoreDriver.allCases)
    func `one job at a time is taken from each workspace in turn`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<3 { for scope in [open.scope, open.stranger] { try await open.upload("\(index)", in: scope) } }
        var turns: [WorkspaceID] = []
        while let job = try await open.claim().first { turns.append(job.claim.workspace) }
        let (own, other) = (open.scope.workspace, open.stranger.workspace)
        #expect(turns == [own, other, own, other, own, other])
    }

    @Test(arguments: StoreDriver.allCases)
    func `completions that come at once are each published or refused by themselves`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<150 { try await open.upload("\(index)") }
        let jobs = try await open.claim(limit: 150)
        #expect(jobs.count == 150)
        for job in jobs.prefix(50) { _ = try await open.store.cancelRun(job.claim.run, of: job.documentID, in: open.scope) }
        let published = try await withThrowingTaskGroup(of: Bool.self) { group in
            for job in jobs {
                group.addTask {
                    do {
                        try await open.store.complete(job.claim, with: open.result(of: job.claim))
                        return true
                    } catch let error as ColophonError where error.reason == "LEASE_LOST" { return false }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(published == 100)
        #expect(try await open.store.violations(limit: 10) == [])
    }
}
