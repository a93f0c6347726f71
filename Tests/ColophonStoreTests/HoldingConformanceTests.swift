import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// While what maps is away, runs with a mapping are put off, and nothing else about them changes.
@Suite struct HoldingConformanceTests {
    private static let mapped = RunRecipe(
        name: "test", version: "1", settings: RunSettings(mapping: MappingChoice(name: "m_v1", isPretty: false)))

    private func claim(_ open: OpenStore, holding: Duration?) async throws -> [RunID] {
        try await open.store.claimJobs(limit: 2, for: WorkerID(rawValue: "w"), lease: .seconds(15), holding: holding).map(\.claim.run)
    }

    @Test(arguments: StoreDriver.allCases)
    func `what has no mapping is claimed from behind all that is held, and what was held comes in its time`(driver: StoreDriver)
        async throws
    {
        let open = try await driver.openEmpty()
        var held: [Run] = []
        for number in 0..<9 { held.append(try await open.upload("\(number)", recipe: Self.mapped).detail.run) }
        let plain = try await open.upload("plain").detail.run
        // One of them is to come a minute after those that are as old.
        let last = held[3]
        try await open.database.write { transaction in
            _ = try transaction.execute("UPDATE jobs SET order_at = due_at + 60000 WHERE run_id = ?", [.text(last.id.rawValue)])
        }
        #expect(try await claim(open, holding: .seconds(30)) == [plain.id])
        #expect(try await claim(open, holding: .seconds(30)).isEmpty)
        // Untouched: no attempt, no epoch, no event, no change.
        for run in held { #expect(try await open.store.run(run.id, in: open.scope) == run) }
        let events = try await open.store.events(of: held[0].documentID, after: 0, limit: 100, in: open.scope).map(\.type)
        #expect(events == [.created, .queued])
        // Before its time it comes to nobody, after it to whoever holds nothing.
        #expect(try await claim(open, holding: nil).isEmpty)
        open.clock.advance(by: .seconds(30))
        var claimed: [RunID] = []
        for _ in 0..<5 { claimed += try await claim(open, holding: nil) }
        #expect(Set(claimed) == Set(held.map(\.id)) && claimed.count == 9 && claimed.last == last.id)
    }

    @Test(arguments: StoreDriver.allCases)
    func `what is held past its deadline fails as anything else`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let run = try await open.upload("a", recipe: Self.mapped).detail.run
        try await open.database.write { transaction in
            _ = try transaction.execute("UPDATE jobs SET deadline_at = colophon_now() WHERE run_id = ?", [.text(run.id.rawValue)])
        }
        open.clock.advance(by: .seconds(1))
        #expect(try await claim(open, holding: .seconds(30)).isEmpty)
        #expect(try await open.store.run(run.id, in: open.scope).failure?.code == .deadline)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a job that is handed back for a while is due after it`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload("a", recipe: Self.mapped)
        let job = try #require(try await open.claim().first)
        try await open.store.release(job.claim, after: .seconds(20))
        open.clock.advance(by: .seconds(19))
        #expect(try await open.claim().isEmpty)
        open.clock.advance(by: .seconds(2))
        #expect(try await open.claim().first?.attempt == 1)
    }
}
