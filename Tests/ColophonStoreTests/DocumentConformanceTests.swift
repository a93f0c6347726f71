import ColophonCore
import ColophonTestSupport
import Testing

/// What every store promises about documents, runs and the feed.
@Suite struct DocumentConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `an upload makes document, version, run, job, event and change in one`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let outcome = try await open.upload()
        #expect(outcome.created && !outcome.reusedVersion)
        #expect(outcome.detail.version.number == 1 && outcome.detail.run.number == 1 && outcome.detail.run.status == .queued)
        #expect(try await open.store.queueDepth() == QueueDepth(waiting: 1, claimed: 0))
        #expect(try await open.store.changes(after: 0, limit: 10, in: open.scope).map(\.id) == [1])
    }

    @Test(arguments: StoreDriver.allCases)
    func `the same bytes again make a run, other bytes a version too, and both may be active`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try DocumentID(chosen: "doc-0001")
        let first = try await open.upload("a", to: id)
        let second = try await open.upload("a", to: id)
        let third = try await open.upload("b", to: id)
        #expect(second.reusedVersion && second.detail.run.versionID == first.detail.version.id && second.detail.run.number == 2)
        #expect(!third.reusedVersion && third.detail.version.number == 2 && third.detail.run.number == 3)
        #expect(try await open.claim(limit: 9).count == 3)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `64 uploads to one id at once are 64 runs of one document`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try DocumentID(chosen: "doc-race")
        let created = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<64 { group.addTask { try await open.upload("\(index % 2)", to: id).created } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(created == 1)
        let runs = try await open.store.runs(of: id, limit: 100, before: nil, in: open.scope)
        #expect(runs.map(\.number) == Array((1...64).reversed()))
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `an upload that is not to be processed waits until it is started`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let outcome = try await open.upload(process: false)
        #expect(outcome.detail.run.status == .uploaded)
        #expect(try await open.claim().isEmpty)
        let id = outcome.detail.document.id
        let started = try await open.store.startRun(of: id, fresh: false, recipe: OpenStore.recipe, in: open.scope)
        #expect(started.id == outcome.detail.run.id && started.status == .queued)
        #expect(try await open.store.startRun(of: id, fresh: false, recipe: OpenStore.recipe, in: open.scope).number == 2)
    }

    @Test(arguments: StoreDriver.allCases)
    func `the served run only moves forward, whichever ends last`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        _ = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        let jobs = try await open.claim(limit: 2)
        #expect(jobs.count == 2)
        let newest = try await open.store.document(id, in: open.scope).run.id
        for job in jobs.sorted(by: { left, _ in left.claim.run == newest }) {
            try await open.store.complete(job.claim, with: open.result(of: job.claim))
        }
        #expect(try await open.store.document(id, in: open.scope).document.currentRunID == newest)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a result can be pinned to its run, and there is none before one is complete`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        func artifact(_ run: RunID?) async throws -> ResolvedArtifact {
            try await open.store.artifact(.structure, run: run, of: id, in: open.scope)
        }
        await #expect(throws: ColophonError.self) { _ = try await artifact(nil) }
        let first = try #require(try await open.claim().first)
        await #expect(throws: ColophonError.self) { _ = try await artifact(first.claim.run) }
        try await open.store.complete(first.claim, with: open.result(of: first.claim))
        _ = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        let second = try #require(try await open.claim().first)
        try await open.store.complete(second.claim, with: open.result(of: second.claim))
        #expect(try await artifact(nil).run.id == second.claim.run)
        #expect(try await artifact(first.claim.run).artifact.blob == .result(.structure, of: first.claim))
    }

    @Test(arguments: StoreDriver.allCases)
    func `cancelling is final at once, and whoever held the run can write nothing`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        let job = try #require(try await open.claim().first)
        let cancelled = try await open.store.cancelRun(job.claim.run, of: id, in: open.scope)
        #expect(cancelled.status == .cancelled && cancelled.epoch == job.claim.epoch + 1 && cancelled.endedAt != nil)
        #expect(try await open.store.lost(among: [job.claim]) == [job.claim])
        await #expect(throws: ColophonError.self) { try await open.store.complete(job.claim, with: open.result(of: job.claim)) }
        #expect(try await open.store.cancelRun(job.claim.run, of: id, in: open.scope) == cancelled)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a complete run can be neither cancelled nor retried`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        let job = try #require(try await open.claim().first)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        await #expect(throws: ColophonError.self) { _ = try await open.store.cancelRun(job.claim.run, of: id, in: open.scope) }
        await #expect(throws: ColophonError.self) { _ = try await open.store.retryRun(job.claim.run, of: id, in: open.scope) }
        #expect(try await open.store.cancelRuns(of: id, in: open.scope).status == .complete)
    }

    @Test(arguments: StoreDriver.allCases)
    func `deleting cancels what runs, hides the document, and keeps its id taken`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload(to: try DocumentID(chosen: "doc-gone")).detail.document.id
        let job = try #require(try await open.claim().first)
        try await open.store.deleteDocument(id, in: open.scope)
        await #expect(throws: ColophonError.self) { try await open.store.complete(job.claim, with: open.result(of: job.claim)) }
        await #expect(throws: ColophonError.self) { _ = try await open.store.document(id, in: open.scope) }
        await #expect(throws: ColophonError.self) { _ = try await open.upload(to: id) }
        #expect(try await open.store.documents(limit: 10, after: nil, in: open.scope).isEmpty)
        #expect(try await open.store.changes(after: 0, limit: 10, in: open.scope).last?.op == .delete)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a document of another workspace is as unknown as none, and its id is free here`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try DocumentID(chosen: "doc-mine")
        try await open.upload(to: id)
        func error(_ id: DocumentID) async -> ColophonError? {
            do {
                _ = try await open.store.document(id, in: open.stranger)
                return nil
            } catch { return error as? ColophonError }
        }
        let (foreign, unknown) = (await error(id), await error(try DocumentID(chosen: "doc-none")))
        #expect(foreign?.code == .notFound && foreign?.message == unknown?.message && foreign?.reason == unknown?.reason)
        #expect(try await open.upload("b", to: id, in: open.stranger).created)
    }

    @Test(arguments: StoreDriver.allCases)
    func `documents are listed newest first, page by page, without a gap`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<7 {
            ids.append(try await open.upload("\(index)").detail.document.id)
            if index % 2 == 0 { open.clock.advance(by: .milliseconds(1)) }
        }
        var listed: [DocumentID] = []
        while true {
            let page = try await open.store.documents(limit: 3, after: listed.last, in: open.scope)
            listed += page.map(\.document.id)
            if page.count < 3 { break }
        }
        #expect(Set(listed) == Set(ids) && listed.count == 7 && listed.first == ids.last)
    }

    @Test(arguments: StoreDriver.allCases)
    func `change ids are dense in each workspace, whoever writes at once`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await withThrowingTaskGroup { group in
            for index in 0..<50 { group.addTask { _ = try await open.upload("\(index)", in: index % 2 == 0 ? open.scope : open.stranger) } }
            try await group.waitForAll()
        }
        for scope in [open.scope, open.stranger] {
            #expect(try await open.store.changes(after: 0, limit: 100, in: scope).map(\.id) == Array(1...25))
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `only blobs that no row names are unreferenced`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let version = try await open.upload().detail.version
        let job = try #require(try await open.claim().first)
        try await open.store.complete(job.claim, with: open.result(of: job.claim))
        let stray = BlobKey(rawValue: "w1/sources/stray")
        let keys = [version.blob, .result(.html, of: job.claim), stray]
        #expect(try await open.store.unreferenced(keys) == [stray])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a revoked key is unknown`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = APIKey.make()
        let stored = StoredKey(
            id: key.id, workspace: open.scope.workspace, name: "k", hash: key.hash, createdAt: open.clock.now(), revokedAt: nil)
        try await open.store.addKey(stored)
        #expect(try await open.store.key(key.id) == stored)
        try await open.store.revokeKey(key.id)
        #expect(try await open.store.key(key.id) == nil)
        await #expect(throws: ColophonError.self) { try await open.store.revokeKey(key.id) }
    }
}
