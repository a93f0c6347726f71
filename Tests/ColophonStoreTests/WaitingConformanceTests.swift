import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

@testable import ColophonStore

/// A verb that had to wait for somebody who wrote the same document goes by what is there afterwards.
@Suite(.timeLimit(.minutes(1))) struct WaitingConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `completions that wait for their document number their events after what was written meanwhile`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        let newest = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        let jobs = try await open.claim(limit: 2)
        #expect(jobs.count == 2)
        try await held(id, in: open) {
            try await withThrowingTaskGroup { group in
                for job in jobs { group.addTask { try await open.store.complete(job.claim, with: open.result(of: job.claim)) } }
                try await group.waitForAll()
            }
        }
        let events = try await open.store.events(of: id, after: 0, limit: 100, in: open.scope)
        #expect(events.map(\.seq) == Array(1...Int64(events.count)))
        #expect(events.filter { $0.type == .complete }.count == 2)
        #expect(try await open.store.document(id, in: open.scope).document.currentRunID == newest.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `of one claim that is completed twice at once, beside somebody who writes, one is refused`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        let job = try #require(try await open.claim().first)
        let other = SQLStore(open.database)
        try await held(id, in: open) {
            async let first = Self.isPublished { try await open.store.complete(job.claim, with: open.result(of: job.claim)) }
            async let second = Self.isPublished { try await other.complete(job.claim, with: open.result(of: job.claim)) }
            let published = await [first, second]
            #expect(published.filter { $0 }.count == 1)
        }
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a claim takes nothing of a document that somebody writes, and all of it afterwards`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        try await held(id, in: open) {
            // On an engine with one writer a claim waits for it instead.
            let claimed = try await open.claim(limit: 5)
            #expect(claimed.isEmpty || open.database.dialect == .sqlite)
        }
        open.clock.advance(by: .seconds(20))
        _ = try await open.store.reapExpiredLeases(limit: 10, policy: RetryPolicy())
        open.clock.advance(by: .seconds(3600))
        #expect(try await open.claim(limit: 5).map(\.documentID) == [id])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    /// Runs `body` while a transaction that adds to the document's history holds it.
    private func held(_ id: DocumentID, in open: OpenStore, while body: () async throws -> Void) async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        async let holding: Void = open.database.write { transaction in
            try transaction.lock(id, in: open.scope.workspace)
            begin.finish()
            Thread.sleep(forTimeInterval: 0.4)
            try transaction.appendEvent(.retry, of: id, actor: "holder", in: open.scope.workspace)
            transaction.noteChange(id, .upsert, in: open.scope.workspace)
        }
        for await _ in begun {}
        try await body()
        try await holding
    }

    private static func isPublished(_ complete: () async throws -> Void) async -> Bool {
        do {
            try await complete()
            return true
        } catch { return false }
    }
}
