import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What every store promises about bytes whose time has come.
@Suite struct RetentionConformanceTests {
    static let day = Duration.seconds(86_400)

    private func open(_ driver: StoreDriver, _ policy: RetentionPolicy = RetentionPolicy()) async throws -> OpenStore {
        let open = try await driver.openEmpty()
        try await open.store.setRetention(policy, of: open.scope.workspace)
        return open
    }

    private func complete(_ open: OpenStore) async throws -> ClaimedJob {
        let job = try #require(try await open.claim().first)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        return job
    }

    private func artifact(_ open: OpenStore, of id: DocumentID, run: RunID? = nil) async -> Result<ResolvedArtifact, ColophonError> {
        do {
            return .success(try await open.store.artifact(.markdown, run: run, of: id, in: open.scope))
        } catch { return .failure(error as? ColophonError ?? ColophonError(.internal, "\(error)")) }
    }

    private func reason(_ result: Result<ResolvedArtifact, ColophonError>) -> String? {
        guard case .failure(let error) = result else { return nil }
        return error.code == .notFound ? error.reason : "\(error)"
    }

    @Test(arguments: StoreDriver.allCases)
    func `a workspace keeps everything until it is told otherwise`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.upload()
        _ = try await complete(open)
        #expect(try await open.store.retention(of: open.scope.workspace) == RetentionPolicy())
        open.clock.advance(by: Self.day * 10_000)
        for kind in RetainedKind.allCases { #expect(try await open.store.expire(kind, limit: 10).count == 0) }
        let policy = RetentionPolicy(sources: Self.day, results: nil, afterDownload: .seconds(3600))
        try await open.store.setRetention(policy, of: open.scope.workspace)
        #expect(try await open.store.retention(of: open.scope.workspace) == policy)
        #expect(try await open.store.retention(of: open.stranger.workspace) == RetentionPolicy())
        let nobody = WorkspaceID(rawValue: "nobody")
        await #expect(throws: ColophonError.self) { _ = try await open.store.retention(of: nobody) }
        await #expect(throws: ColophonError.self) { try await open.store.setRetention(policy, of: nobody) }
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes go at their time, the document stays, and everybody is told`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(sources: Self.day * 7, results: Self.day * 30))
        let id = try await open.upload().detail.document.id
        let job = try await complete(open)
        #expect(try await open.store.run(job.claim.run, of: id, in: open.scope).expiresAt == open.clock.now() + Self.day * 30)
        open.clock.advance(by: Self.day * 7 - .milliseconds(1))
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        open.clock.advance(by: .milliseconds(1))
        let source = try await open.store.expire(.source, limit: 10)
        #expect(source == Expiry(count: 1, blobs: [job.version.blob], bytes: 1))
        #expect(try await open.store.unreferenced([job.version.blob]) == [job.version.blob])
        #expect(try await open.store.document(id, in: open.scope).version.expiredAt == open.clock.now())
        #expect(reason(await artifact(open, of: id)) == nil)

        open.clock.advance(by: Self.day * 23)
        let before = try await open.store.changes(after: 0, limit: 100, in: open.scope).count
        let results = try await open.store.expire(.results, limit: 10)
        #expect(results.count == 1 && results.blobs.count == ArtifactKind.allCases.count)
        for run in [nil, job.claim.run] { #expect(reason(await artifact(open, of: id, run: run)) == "EXPIRED") }
        let detail = try await open.store.document(id, in: open.scope)
        #expect(detail.run.status == .complete && detail.run.expiredAt == open.clock.now())
        #expect(try await open.store.documents(limit: 10, after: nil, in: open.scope).count == 1)
        let events = try await open.store.events(of: id, after: 0, limit: 100, in: open.scope).suffix(2)
        #expect(events.map(\.type) == [.expired, .expired] && events.map(\.actor) == ["retention", "retention"])
        #expect(events.map(\.meta) == [["what": "source", "version": "1"], ["what": "results"]])
        #expect(events.last?.runID == job.claim.run)
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).count == before + 1)
        for kind in RetainedKind.allCases { #expect(try await open.store.expire(kind, limit: 10).count == 0) }
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `what expired makes equal uploads new work, and cannot be read again`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(sources: Self.day * 2, results: Self.day))
        let first = try await open.upload(to: try DocumentID(chosen: "doc-old"))
        _ = try await complete(open)
        open.clock.advance(by: Self.day)
        #expect(try await open.store.expire(.results, limit: 10).count == 1)
        let second = try await open.upload()
        #expect(second.created && second.detail.run.status == .queued && second.detail.run.duplicateOf == nil)
        _ = try await complete(open)

        open.clock.advance(by: Self.day)
        #expect(try await open.store.expire(.source, limit: 10).count == 1)
        await #expect(throws: ColophonError.self) {
            _ = try await open.store.startRun(
                of: first.detail.document.id, fresh: true, extractor: OpenStore.extractor, in: open.scope)
        }
        // The same bytes again are a new version: the old one has none.
        let again = try await open.upload(to: first.detail.document.id)
        #expect(!again.reusedVersion && again.keepsBlob && again.detail.version.number == 2)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `the source of a run that waits or is processed stays, whatever its age`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(sources: Self.day))
        let waiting = try await open.upload("a", process: false)
        let active = try await open.upload("b")
        open.clock.advance(by: Self.day * 2)
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        let job = try #require(try await open.claim(lease: Self.day).first)
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        #expect(try await open.store.expire(.source, limit: 10).blobs == [active.detail.version.blob])
        _ = try await open.store.cancelRun(waiting.detail.run.id, of: waiting.detail.document.id, in: open.scope)
        #expect(try await open.store.expire(.source, limit: 10).blobs == [waiting.detail.version.blob])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `results stay as long as a recorded duplicate serves them`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(results: Self.day * 10))
        let first = try await open.upload()
        _ = try await complete(open)
        open.clock.advance(by: Self.day * 5)
        let copy = try await open.upload(duplicate: .record)
        try await open.store.deleteDocument(first.detail.document.id, in: open.scope)
        open.clock.advance(by: Self.day * 5)
        #expect(try await open.store.purgeDeleted(olderThan: Self.day, limit: 10) == 1)
        #expect(try await open.store.expire(.results, limit: 10).count == 0)
        #expect(reason(await artifact(open, of: copy.detail.document.id)) == nil)
        open.clock.advance(by: Self.day * 5)
        // The duplicate has no blobs of its own; the one that it referred to goes in the next batch.
        #expect(try await open.store.expire(.results, limit: 10) == Expiry(count: 1, blobs: [], bytes: 0))
        #expect(reason(await artifact(open, of: copy.detail.document.id)) == "EXPIRED")
        #expect(try await open.store.expire(.results, limit: 10).blobs.count == ArtifactKind.allCases.count)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a deleted document's bytes go in their time, without a word in the feed`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        _ = try await complete(open)
        try await open.store.deleteDocument(id, in: open.scope)
        let changes = try await open.store.changes(after: 0, limit: 100, in: open.scope).count
        open.clock.advance(by: Self.day * 30 - .milliseconds(1))
        #expect(try await open.store.purgeDeleted(olderThan: Self.day * 30, limit: 10) == 0)
        open.clock.advance(by: .milliseconds(1))
        #expect(try await open.store.purgeDeleted(olderThan: Self.day * 30, limit: 10) == 1)
        #expect(try await open.store.purgeDeleted(olderThan: Self.day * 30, limit: 10) == 0)
        for kind in RetainedKind.allCases { #expect(try await open.store.expire(kind, limit: 10).count == 1) }
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).count == changes)
        await #expect(throws: ColophonError.self) { _ = try await open.upload(to: id) }
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `the first complete download begins the time after it, and only the first is an event`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(results: Self.day * 30, afterDownload: .seconds(3600)))
        let id = try await open.upload().detail.document.id
        let run = try await complete(open).claim.run
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
        #expect(try await open.store.run(run, of: id, in: open.scope).expiresAt == open.clock.now() + Self.day * 30)
        try await open.store.noteDownload(of: run, of: id, in: open.scope)
        open.clock.advance(by: .seconds(3600))
        #expect(try await open.store.expire(.results, limit: 10).count == 1)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `another policy holds for what is there once it was gone over`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let workspace = open.scope.workspace
        for index in 0..<5 {
            try await open.upload("\(index)")
            _ = try await complete(open)
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
    func `the feed loses its oldest changes, never its newest, and its floor follows`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<7 { try await open.upload("\(index)") }
        try await open.upload("x", in: open.stranger)
        open.clock.advance(by: Self.day * 14)
        try await open.upload("8")
        var trims: [FeedTrim] = []
        var done: WorkspaceID?
        while let trim = try await open.store.trimFeed(olderThan: Self.day * 14, after: done, limit: 4) {
            trims.append(trim)
            if trim.isDone { done = trim.workspace }
        }
        #expect(trims.map(\.removed) == [4, 3] && trims.allSatisfy { $0.workspace == open.scope.workspace })
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).map(\.id) == [8])
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.stranger).map(\.id) == [1])
        #expect(try await open.store.violations(limit: 10) == [])
        open.clock.advance(by: Self.day * 14)
        #expect(try await open.store.trimFeed(olderThan: Self.day * 14, after: nil, limit: 4) == nil)
        try await open.upload("9")
        #expect(try await open.store.trimFeed(olderThan: Self.day * 14, after: nil, limit: 4)?.removed == 1)
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).map(\.id) == [9])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `old events go, the numbers of the others stay, and the ledger still adds up`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<5 { ids.append(try await open.upload("\(index)").detail.document.id) }
        for _ in 0..<5 { _ = try await complete(open) }
        open.clock.advance(by: Self.day * 90)
        _ = try await open.store.startRun(of: ids[2], fresh: true, extractor: OpenStore.extractor, in: open.scope)
        let young = try await open.upload("young").detail.document.id
        var (removed, place, pages) = (0, nil as EventTrim.Place?, 0)
        repeat {
            let trim = try await open.store.trimEvents(olderThan: Self.day * 90, after: place, limit: 2)
            (removed, place, pages) = (removed + trim.removed, trim.next, pages + 1)
        } while place != nil
        #expect(removed == 20 && pages == 4)
        let events = try await open.store.events(of: ids[2], after: 0, limit: 100, in: open.scope)
        #expect(events.map(\.seq) == [5] && events.map(\.type) == [.queued])
        #expect(try await open.store.events(of: ids[0], after: 0, limit: 100, in: open.scope).isEmpty)
        #expect(try await open.store.events(of: young, after: 0, limit: 100, in: open.scope).map(\.seq) == [1, 2])
        try await open.store.deleteDocument(ids[0], in: open.scope)
        #expect(try await open.store.trimEvents(olderThan: Self.day * 90, after: nil, limit: 100) == EventTrim(removed: 0, next: nil))
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `what is counted as overdue is what goes`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(sources: Self.day, results: Self.day))
        for index in 0..<3 {
            try await open.upload("\(index)")
            _ = try await complete(open)
        }
        let deleted = try await open.upload("x", in: open.stranger).detail.document.id
        try await open.store.deleteDocument(deleted, in: open.stranger)
        #expect(try await open.store.overdue(Limits()) == Overdue())
        open.clock.advance(by: Self.day * 100)
        let overdue = try await open.store.overdue(Limits())
        #expect(try await open.store.purgeDeleted(olderThan: Self.day * 30, limit: 10) == overdue.deletedDocuments)
        let events = try await open.store.trimEvents(olderThan: Self.day * 90, after: nil, limit: 100)
        #expect(events.removed == overdue.events && overdue.events == 16)
        let changes = try await open.store.trimFeed(olderThan: Self.day * 14, after: nil, limit: 100)
        let others = try await open.store.trimFeed(olderThan: Self.day * 14, after: changes?.workspace, limit: 100)
        #expect((changes?.removed ?? 0) + (others?.removed ?? 0) == overdue.changes)
        let expiries = [try await open.store.expire(.source, limit: 10), try await open.store.expire(.results, limit: 10)]
        #expect(expiries.map(\.count) == [overdue.sources, overdue.results] && expiries.map(\.count) == [4, 3])
        #expect(expiries.reduce(0) { $0 + $1.bytes } == overdue.bytes)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `expiry beside uploads, duplicates, reparses, downloads and deletions breaks no rule`(driver: StoreDriver) async throws {
        let open = try await open(driver, RetentionPolicy(sources: .milliseconds(1), results: .milliseconds(1)))
        try await withThrowingTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    open.clock.advance(by: .milliseconds(1))
                    do {
                        try await act(index, on: open)
                    } catch let error as ColophonError where [.conflict, .notFound].contains(error.code) {
                        // What it was about was deleted, or has expired.
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await open.store.violations(limit: 10) == [])
    }

    private func act(_ index: Int, on open: OpenStore) async throws {
        let content = "\(index % 5)"
        switch index % 10 {
        case 0, 1, 2: _ = try await open.upload(content)
        case 3: _ = try await open.upload(content, to: DocumentID(rawValue: "doc-\(index % 3)"))
        case 4: _ = try await open.upload(content, duplicate: .record)
        case 5, 6:
            guard let job = try await open.claim().first else { return }
            try await open.store.complete(job.claim, with: open.result(of: job.claim))
        case 7: for kind in RetainedKind.allCases { _ = try await open.store.expire(kind, limit: 5) }
        case 8:
            _ = try await open.store.trimEvents(olderThan: .milliseconds(3), after: nil, limit: 100)
            _ = try await open.store.trimFeed(olderThan: .milliseconds(3), after: nil, limit: 3)
            _ = try await open.store.purgeDeleted(olderThan: .zero, limit: 5)
        default:
            guard let found = try await open.store.documents(limit: 1, after: nil, in: open.scope).first else { return }
            let id = found.document.id
            if index % 20 < 10 { return try await open.store.deleteDocument(id, in: open.scope) }
            try await open.store.noteDownload(of: found.run.id, of: id, in: open.scope)
            _ = try await open.store.startRun(of: id, fresh: true, extractor: OpenStore.extractor, in: open.scope)
        }
    }
}
