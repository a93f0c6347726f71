import ColophonCore
import ColophonTestSupport
import Testing

/// What every store promises about bytes whose time has come.
@Suite struct RetentionConformanceTests {
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
    func `bytes go at their time, the document stays, and everybody is told`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(sources: Duration.day * 7, results: Duration.day * 30))
        let id = try await open.upload().detail.document.id
        let job = try await open.complete()
        #expect(try await open.store.run(job.claim.run, of: id, in: open.scope).expiresAt == open.clock.now() + Duration.day * 30)
        open.clock.advance(by: Duration.day * 7 - .milliseconds(1))
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        open.clock.advance(by: .milliseconds(1))
        let source = try await open.store.expire(.source, limit: 10)
        #expect(source == Expiry(count: 1, blobs: [job.version.blob], bytes: 1))
        #expect(try await open.store.unreferenced([job.version.blob]) == [job.version.blob])
        #expect(try await open.store.document(id, in: open.scope).version.expiredAt == open.clock.now())
        #expect(reason(await artifact(open, of: id)) == nil)

        open.clock.advance(by: Duration.day * 23)
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
        let open = try await driver.openKeeping(RetentionPolicy(sources: Duration.day * 2, results: Duration.day))
        let first = try await open.upload(to: try DocumentID(chosen: "doc-old"))
        try await open.complete()
        open.clock.advance(by: Duration.day)
        #expect(try await open.store.expire(.results, limit: 10).count == 1)
        let second = try await open.upload()
        #expect(second.created && second.detail.run.status == .queued && second.detail.run.duplicateOf == nil)
        try await open.complete()

        open.clock.advance(by: Duration.day)
        #expect(try await open.store.expire(.source, limit: 10).count == 1)
        await #expect(throws: ColophonError.self) {
            _ = try await open.store.startRun(
                of: first.detail.document.id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        }
        // The same bytes again are a new version: the old one has none.
        let again = try await open.upload(to: first.detail.document.id)
        #expect(!again.reusedVersion && again.keepsBlob && again.detail.version.number == 2)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `the source of a run that waits or is processed stays, whatever its age`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(sources: Duration.day))
        let waiting = try await open.upload("a", process: false)
        let active = try await open.upload("b")
        open.clock.advance(by: Duration.day * 2)
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        let job = try #require(try await open.claim(lease: Duration.day).first)
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        #expect(try await open.store.expire(.source, limit: 10).blobs == [active.detail.version.blob])
        _ = try await open.store.cancelRun(waiting.detail.run.id, of: waiting.detail.document.id, in: open.scope)
        #expect(try await open.store.expire(.source, limit: 10).blobs == [waiting.detail.version.blob])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `results stay as long as a recorded duplicate serves them`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(results: Duration.day * 10))
        let first = try await open.upload()
        try await open.complete()
        open.clock.advance(by: Duration.day * 5)
        let copy = try await open.upload(duplicate: .record)
        try await open.store.deleteDocument(first.detail.document.id, in: open.scope)
        open.clock.advance(by: Duration.day * 5)
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day, limit: 10) == 1)
        #expect(try await open.store.expire(.results, limit: 10).count == 0)
        #expect(reason(await artifact(open, of: copy.detail.document.id)) == nil)
        open.clock.advance(by: Duration.day * 5)
        // The duplicate has no blobs of its own; the one that it referred to goes in the next batch.
        #expect(try await open.store.expire(.results, limit: 10) == Expiry(count: 1, blobs: [], bytes: 0))
        #expect(reason(await artifact(open, of: copy.detail.document.id)) == "EXPIRED")
        #expect(try await open.store.expire(.results, limit: 10).blobs.count == ArtifactKind.allCases.count)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `bytes that were uploaded again are kept from then on, also by a policy that is set later`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(sources: Duration.day * 7))
        let id = try await open.upload().detail.document.id
        try await open.complete()
        open.clock.advance(by: Duration.day * 6)
        #expect(try await open.upload().dedupedFrom != nil)
        try await open.store.setRetention(RetentionPolicy(sources: Duration.day * 7, results: Duration.day * 3), of: open.scope.workspace)
        _ = try await open.store.reschedule(after: nil, limit: 10, in: open.scope.workspace)
        #expect(try await open.store.document(id, in: open.scope).run.expiresAt == open.clock.now() + Duration.day * 3)
        open.clock.advance(by: Duration.day * 7 - .milliseconds(1))
        #expect(try await open.store.expire(.source, limit: 10).count == 0)
        open.clock.advance(by: .milliseconds(1))
        #expect(try await open.store.expire(.source, limit: 10).count == 1)
    }

    @Test(arguments: StoreDriver.allCases)
    func `runs of deleted documents that never completed do not stand in the way of others`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(results: Duration.day * 31))
        let cancelled = try await open.upload("a").detail.document.id
        try await open.store.deleteDocument(cancelled, in: open.scope)
        let id = try await open.upload("b").detail.document.id
        try await open.complete()
        open.clock.advance(by: Duration.day * 30)
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day * 30, limit: 10) == 1)
        open.clock.advance(by: Duration.day)
        #expect(try await open.store.expire(.results, limit: 1).count == 1)
        #expect(try await open.store.document(id, in: open.scope).run.expiredAt != nil)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a deleted document's bytes go in their time, without a word in the feed`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        try await open.complete()
        try await open.store.deleteDocument(id, in: open.scope)
        let changes = try await open.store.changes(after: 0, limit: 100, in: open.scope).count
        open.clock.advance(by: Duration.day * 30 - .milliseconds(1))
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day * 30, limit: 10) == 0)
        open.clock.advance(by: .milliseconds(1))
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day * 30, limit: 10) == 1)
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day * 30, limit: 10) == 0)
        for kind in RetainedKind.allCases { #expect(try await open.store.expire(kind, limit: 10).count == 1) }
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).count == changes)
        await #expect(throws: ColophonError.self) { _ = try await open.upload(to: id) }
        #expect(try await open.store.violations(limit: 10) == [])
    }
}
