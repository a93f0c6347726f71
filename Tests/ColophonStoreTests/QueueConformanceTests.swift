import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// What the bare queue promises, on every engine.
@Suite struct QueueConformanceTests {
    private func queue(_ driver: StoreDriver) async throws -> (queue: SQLStore, open: OpenStore) {
        let open = try await driver.openEmpty()
        return (SQLStore(open.database), open)
    }

    private func job(_ key: String, in open: OpenStore, priority: JobPriority = .urgent) -> NewJob {
        NewJob(
            workspace: open.scope.workspace, id: .make(), type: "test", envelope: "{\"n\":\"\(key)\"}", idempotencyKey: key,
            priority: priority)
    }

    private let worker = WorkerID(rawValue: "w")

    @Test(arguments: StoreDriver.allCases)
    func `a job is claimed once, and finished once`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        #expect(try await queue.enqueue([job("a", in: open), job("b", in: open), job("a", in: open)]) == 2)
        #expect(try await queue.claim("other", limit: 9, for: worker, lease: .seconds(5)).isEmpty)
        let claimed = try await queue.claim("test", limit: 9, for: worker, lease: .seconds(5))
        #expect(claimed.count == 2 && Set(claimed.map(\.envelope)) == ["{\"n\":\"a\"}", "{\"n\":\"b\"}"])
        #expect(try await queue.claim("test", limit: 9, for: worker, lease: .seconds(5)).isEmpty)
        #expect(try await queue.finish(claimed.map(\.claim)).isEmpty)
        #expect(try await queue.finish(claimed.map(\.claim)) == Set(claimed.map(\.claim)))
        #expect(try await queue.queueDepth() == QueueDepth(waiting: 0, claimed: 0))
    }

    @Test(arguments: StoreDriver.allCases)
    func `after its lease a job is another's, and the old claim can do nothing`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        _ = try await queue.enqueue([job("a", in: open)])
        let old = try #require(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).first)
        open.clock.advance(by: .seconds(4))
        #expect(try await queue.extend([old.claim], lease: .seconds(5)).isEmpty)
        open.clock.advance(by: .seconds(4))
        #expect(try await queue.reapExpiredLeases(limit: 9, policy: RetryPolicy()) == 0)
        open.clock.advance(by: .seconds(2))
        #expect(try await queue.reapExpiredLeases(limit: 9, policy: RetryPolicy()) == 1)
        let new = try #require(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).first)
        #expect(new.claim.epoch > old.claim.epoch)
        #expect(try await queue.extend([old.claim], lease: .seconds(5)) == [old.claim])
        #expect(try await queue.finish([old.claim]) == [old.claim])
        #expect(try await !queue.putBack(old.claim, after: .zero))
        #expect(try await queue.finish([new.claim]).isEmpty)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job put back waits its delay, and keeps its priority`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        _ = try await queue.enqueue([job("slow", in: open, priority: .normal), job("fast", in: open)])
        let first = try await queue.claim("test", limit: 2, for: worker, lease: .seconds(5))
        #expect(first.map(\.envelope) == ["{\"n\":\"fast\"}", "{\"n\":\"slow\"}"])
        for job in first { #expect(try await queue.putBack(job.claim, after: .seconds(10))) }
        #expect(try await queue.claim("test", limit: 2, for: worker, lease: .seconds(5)).isEmpty)
        open.clock.advance(by: .seconds(10))
        let second = try await queue.claim("test", limit: 2, for: worker, lease: .seconds(5))
        #expect(second.map(\.envelope) == ["{\"n\":\"fast\"}", "{\"n\":\"slow\"}"])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job that was put back waits on, whatever its old claim says`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        _ = try await queue.enqueue([job("a", in: open)])
        let claim = try #require(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).first).claim
        #expect(try await queue.putBack(claim, after: .seconds(10)))
        #expect(try await queue.finish([claim]) == [claim])
        #expect(try await !queue.putBack(claim, after: .zero))
        open.clock.advance(by: .seconds(10))
        #expect(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).count == 1)
    }

    @Test(arguments: StoreDriver.allCases)
    func `workspaces take turns also when every claim looks anew`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        let names = ["a", "b", "c", "d"]
        for name in names {
            let workspace = WorkspaceID(rawValue: name)
            try await queue.ensureWorkspace(workspace, name: name)
            _ = try await queue.enqueue(
                (0..<5).map {
                    NewJob(
                        workspace: workspace, id: .make(), type: "test", envelope: "{}", idempotencyKey: "\(name)\($0)", priority: .urgent)
                })
        }
        var order: [String] = []
        while order.count < 20 {
            open.clock.advance(by: .seconds(1))
            let claimed = try await queue.claim("test", limit: 1, for: worker, lease: .seconds(600))
            order.append(try #require(claimed.first).claim.workspace.rawValue)
        }
        #expect(order == (0..<5).flatMap { _ in names })
    }

    @Test(arguments: StoreDriver.allCases)
    func `workspaces whose jobs wait for their time hide none behind them from a worker that takes one job at a time`(
        driver: StoreDriver
    ) async throws {
        let (queue, open) = try await queue(driver)
        let quiet = (100..<(100 + ClaimTurns.quietMax * 2 + 10)).map { "m\($0)" }
        func add(_ count: Int, to name: String) async throws {
            let workspace = WorkspaceID(rawValue: name)
            try await queue.ensureWorkspace(workspace, name: name)
            _ = try await queue.enqueue(
                (0..<count).map {
                    NewJob(workspace: workspace, id: .make(), type: "test", envelope: "{}", idempotencyKey: "\(name)\($0)")
                })
        }
        for name in quiet { try await add(1, to: name) }
        var waiting = 0
        while waiting < quiet.count {
            for job in try await queue.claim("test", limit: 100, for: worker, lease: .seconds(600)) {
                #expect(try await queue.putBack(job.claim, after: .seconds(3600)))
                waiting += 1
            }
            open.clock.advance(by: .seconds(1))
        }
        try await add(40, to: "a-flood")
        var served: [String] = []
        func claim(times: Int) async throws {
            for _ in 0..<times {
                // Long enough that each claim looks anew.
                open.clock.advance(by: .seconds(1))
                served += try await queue.claim("test", limit: 1, for: worker, lease: .seconds(600)).map(\.claim.workspace.rawValue)
            }
        }
        try await claim(times: 2)
        #expect(served == ["a-flood", "a-flood"])
        try await add(1, to: "z-last")
        let before = served.count
        try await claim(times: 10)
        #expect(served.contains("z-last") && served.count == before + 10, "\(served)")
        // Those that gave nothing take no share either.
        #expect(try await queue.claim("test", limit: 10, for: worker, lease: .seconds(600)).count == 10)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job that waits for its time hides none that comes meanwhile`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        _ = try await queue.enqueue([job("later", in: open)])
        let claim = try #require(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).first).claim
        #expect(try await queue.putBack(claim, after: .seconds(30)))
        open.clock.advance(by: .seconds(1))
        #expect(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).isEmpty)
        open.clock.advance(by: .milliseconds(1))
        _ = try await queue.enqueue([job("now", in: open)])
        #expect(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).map(\.envelope) == ["{\"n\":\"now\"}"])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job of low priority is not overtaken for ever`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        _ = try await queue.enqueue([job("low", in: open, priority: .normal)])
        var order: [String] = []
        for second in 0..<70 {
            open.clock.advance(by: .seconds(1))
            _ = try await queue.enqueue([job("\(second)", in: open), job("\(second)b", in: open)])
            let claimed = try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5))
            order += claimed.map(\.envelope)
            _ = try await queue.finish(claimed.map(\.claim))
        }
        // It was due at 0 and stands with those due at 60; by then 60 of the 120 before it are done.
        while let next = try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).first {
            order.append(next.envelope)
            _ = try await queue.finish([next.claim])
        }
        let place = try #require(order.firstIndex(of: "{\"n\":\"low\"}"))
        #expect((115...125).contains(place))
        #expect(order.count == 141)
    }

    @Test(arguments: StoreDriver.allCases)
    func `jobs with an earlier place than the last claimed are found all the same`(driver: StoreDriver) async throws {
        let (queue, open) = try await queue(driver)
        // A job of low priority is claimed before its time, since nothing else waits.
        _ = try await queue.enqueue([job("low", in: open, priority: .bulk)])
        #expect(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).count == 1)
        open.clock.advance(by: .milliseconds(200))
        _ = try await queue.enqueue([job("now", in: open)])
        #expect(try await queue.claim("test", limit: 1, for: worker, lease: .seconds(5)).map(\.envelope) == ["{\"n\":\"now\"}"])
    }
}
