import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// Whose bytes have a time at all, and how it is counted.
@Suite struct RetentionPolicyTests {
    @Test(arguments: StoreDriver.allCases)
    func `a workspace keeps everything until it is told otherwise`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        try await open.complete()
        #expect(try await open.store.retention(of: open.scope.workspace) == RetentionPolicy())
        open.clock.advance(by: Duration.day * 10_000)
        for kind in RetainedKind.allCases { #expect(try await open.store.expire(kind, limit: 10).count == 0) }
        let policy = RetentionPolicy(sources: Duration.day, results: nil, afterDownload: .seconds(3600))
        try await open.store.setRetention(policy, of: open.scope.workspace)
        #expect(try await open.store.retention(of: open.scope.workspace) == policy)
        #expect(try await open.store.retention(of: open.stranger.workspace) == RetentionPolicy())
        let nobody = WorkspaceID(rawValue: "nobody")
        await #expect(throws: ColophonError.self) { _ = try await open.store.retention(of: nobody) }
        await #expect(throws: ColophonError.self) { try await open.store.setRetention(policy, of: nobody) }
    }

    @Test(arguments: StoreDriver.allCases)
    func `another policy holds for what is there once it was gone over`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let workspace = open.scope.workspace
        for index in 0..<5 {
            try await open.upload("\(index)")
            try await open.complete()
        }
        try await open.upload("x", in: open.stranger)
        let fetched = try await open.upload("0").detail
        try await open.store.noteDownload(of: fetched.run.id, of: fetched.document.id, in: open.scope)
        func reschedule() async throws {
            var last: DocumentID?
            repeat { last = try await open.store.reschedule(after: last, limit: 2, in: workspace) } while last != nil
        }
        func expiring() async throws -> [Int64] {
            try await open.database.read { connection in
                try ["file_versions", "runs"].flatMap { table in
                    try connection.rows("SELECT expires_at FROM \(table) WHERE expires_at IS NOT NULL ORDER BY expires_at", [])
                        .map { try $0.time("expires_at").milliseconds - open.clock.now().milliseconds }
                }
            }
        }
        try await open.store.setRetention(
            RetentionPolicy(sources: .milliseconds(5), results: .milliseconds(7), afterDownload: .milliseconds(2)), of: workspace)
        try await reschedule()
        #expect(try await expiring() == [5, 5, 5, 5, 5, 2, 7, 7, 7, 7])
        try await open.store.setRetention(RetentionPolicy(afterDownload: .milliseconds(9)), of: workspace)
        try await reschedule()
        #expect(try await expiring() == [9])
        try await open.store.setRetention(RetentionPolicy(), of: workspace)
        try await reschedule()
        #expect(try await expiring() == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `the first complete download begins the time after it, and only the first is an event`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(results: Duration.day * 30, afterDownload: .seconds(3600)))
        let id = try await open.upload().detail.document.id
        let run = try await open.complete().claim.run
        try await open.store.noteDownload(of: run, of: id, in: open.scope)
        let end = open.clock.now() + .seconds(3600)
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == end)
        open.clock.advance(by: .seconds(1800))
        try await open.store.noteDownload(of: run, of: id, in: open.scope)
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == end)
        let events = try await open.store.events(of: id, after: 0, limit: 100, in: open.scope)
        #expect(events.filter { $0.type == .downloaded }.map(\.runID) == [run] && events.last?.actor == "test")
        let counted = try await open.database.read { try $0.rows("SELECT download_count FROM runs WHERE download_count = 2", []).count }
        #expect(counted == 1)

        // An equal upload is an answer that somebody wants to fetch: the time begins anew, until it is fetched.
        #expect(try await open.upload().dedupedFrom == run)
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == open.clock.now() + Duration.day * 30)
        try await open.store.noteDownload(of: run, of: id, in: open.scope)
        let anew = open.clock.now() + .seconds(3600)
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == anew)
        // A policy that is set again counts from the same times.
        open.clock.advance(by: .seconds(60))
        _ = try await open.store.reschedule(after: nil, limit: 10, in: open.scope.workspace)
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == anew)
        open.clock.advance(by: .seconds(3540))
        #expect(try await open.store.expire(.results, limit: 10).count == 1)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a download that ends after its document was deleted is not told of`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        let run = try await open.complete().claim.run
        _ = try await open.store.deleteDocument(id, in: open.scope)
        let changes = { try await open.database.read { try $0.rows("SELECT op FROM changes ORDER BY id", []).map { try $0.text("op") } } }
        let before = try await changes()
        try await open.store.noteDownload(of: run, of: id, in: open.scope)
        #expect(try await changes() == before && before.last == "delete")
        try await open.database.write { _ = try $0.execute("UPDATE changes SET op = 'upsert'", []) }
        let found = try await open.store.violations(limit: 10)
        #expect(found.count == 1 && found.first?.contains("was deleted") == true)
    }
}
