import ColophonCore
import ColophonTestSupport
import Testing

/// What every store promises about old events and changes, and about all that a sweep does at once.
@Suite struct TrimmingConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `the feed loses its oldest changes, never its newest, and its floor follows`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<7 { try await open.upload("\(index)") }
        try await open.upload("x", in: open.stranger)
        open.clock.advance(by: Duration.day * 14)
        try await open.upload("8")
        var trims: [FeedTrim] = []
        var done: WorkspaceID?
        while let trim = try await open.store.trimFeed(olderThan: Duration.day * 14, after: done, limit: 4) {
            trims.append(trim)
            if trim.isDone { done = trim.workspace }
        }
        #expect(trims.map(\.removed) == [4, 3] && trims.allSatisfy { $0.workspace == open.scope.workspace })
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).map(\.id) == [8])
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.stranger).map(\.id) == [1])
        #expect(try await open.store.violations(limit: 10) == [])
        open.clock.advance(by: Duration.day * 14)
        #expect(try await open.store.trimFeed(olderThan: Duration.day * 14, after: nil, limit: 4) == nil)
        try await open.upload("9")
        #expect(try await open.store.trimFeed(olderThan: Duration.day * 14, after: nil, limit: 4)?.removed == 1)
        #expect(try await open.store.changes(after: 0, limit: 100, in: open.scope).map(\.id) == [9])
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `old events go, the numbers of the others stay, and the ledger still adds up`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<5 { ids.append(try await open.upload("\(index)").detail.document.id) }
        for _ in 0..<5 { try await open.complete() }
        open.clock.advance(by: Duration.day * 90)
        _ = try await open.store.startRun(of: ids[2], fresh: true, recipe: OpenStore.recipe, in: open.scope)
        let young = try await open.upload("young").detail.document.id
        var (removed, place, pages) = (0, nil as EventTrim.Place?, 0)
        repeat {
            let trim = try await open.store.trimEvents(olderThan: Duration.day * 90, after: place, limit: 2)
            (removed, place, pages) = (removed + trim.removed, trim.next, pages + 1)
        } while place != nil
        #expect(removed == 20 && pages == 4)
        let events = try await open.store.events(of: ids[2], after: 0, limit: 100, in: open.scope)
        #expect(events.map(\.seq) == [5] && events.map(\.type) == [.queued])
        #expect(try await open.store.events(of: ids[0], after: 0, limit: 100, in: open.scope).isEmpty)
        #expect(try await open.store.events(of: young, after: 0, limit: 100, in: open.scope).map(\.seq) == [1, 2])
        try await open.store.deleteDocument(ids[0], in: open.scope)
        #expect(try await open.store.trimEvents(olderThan: Duration.day * 90, after: nil, limit: 100) == EventTrim(removed: 0, next: nil))
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `what is counted as overdue is what goes`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(sources: Duration.day, results: Duration.day))
        for index in 0..<3 {
            try await open.upload("\(index)")
            try await open.complete()
        }
        let deleted = try await open.upload("x", in: open.stranger).detail.document.id
        try await open.store.deleteDocument(deleted, in: open.stranger)
        #expect(try await open.store.overdue(Limits()) == Overdue())
        open.clock.advance(by: Duration.day * 100)
        let overdue = try await open.store.overdue(Limits())
        #expect(try await open.store.purgeDeleted(olderThan: Duration.day * 30, limit: 10) == overdue.deletedDocuments)
        let events = try await open.store.trimEvents(olderThan: Duration.day * 90, after: nil, limit: 100)
        #expect(events.removed == overdue.events && overdue.events == 16)
        let changes = try await open.store.trimFeed(olderThan: Duration.day * 14, after: nil, limit: 100)
        let others = try await open.store.trimFeed(olderThan: Duration.day * 14, after: changes?.workspace, limit: 100)
        #expect((changes?.removed ?? 0) + (others?.removed ?? 0) == overdue.changes)
        let expiries = [try await open.store.expire(.source, limit: 10), try await open.store.expire(.results, limit: 10)]
        #expect(expiries.map(\.count) == [overdue.sources, overdue.results] && expiries.map(\.count) == [4, 3])
        #expect(expiries.reduce(0) { $0 + $1.bytes } == overdue.bytes)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `expiry beside uploads, duplicates, reparses, downloads and deletions breaks no rule`(driver: StoreDriver) async throws {
        let open = try await driver.openKeeping(RetentionPolicy(sources: .milliseconds(1), results: .milliseconds(1)))
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
            _ = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        }
    }
}
