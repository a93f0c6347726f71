import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// What the queue's list asks beside the runs themselves.
@Suite struct ActiveRunsConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `runs that have not ended are counted, the workspace's own, and each is told with what it reads`(driver: StoreDriver) async throws
    {
        let open = try await driver.openEmpty()
        #expect(try await open.store.activeRuns(in: open.scope) == 0)
        let waiting = try await open.upload("a", process: false).detail
        let queued = try await open.upload("b").detail
        let third = try await open.upload("c").detail
        #expect(try await open.store.activeRuns(in: open.scope) == 3)
        #expect(try await open.store.activeRuns(in: open.stranger) == 0)
        let claimed = try #require(try await open.claim().first)
        #expect(try await open.store.activeRuns(in: open.scope) == 3)
        try await open.store.complete(claimed.claim, with: open.result(of: claimed.claim))
        #expect(try await open.store.activeRuns(in: open.scope) == 2)
        _ = try await open.store.cancelRuns(of: waiting.document.id, in: open.scope)
        #expect(try await open.store.activeRuns(in: open.scope) == 1)

        let runs = [waiting.run, queued.run, third.run]
        let versions = try await open.store.versions(readBy: runs, in: open.scope)
        #expect(runs.map { versions[$0.versionID] } == [waiting.version, queued.version, third.version])
        #expect(try await open.store.versions(readBy: runs, in: open.stranger).isEmpty)
        #expect(try await open.store.versions(readBy: [], in: open.scope).isEmpty)
    }
}
