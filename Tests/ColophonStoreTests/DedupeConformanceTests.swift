import ColophonCore
import ColophonStore
import ColophonTestSupport
import Testing

/// What every store promises about equal uploads: equal work is done once, and what did not end well never stands in the way.
@Suite struct DedupeConformanceTests {
    private func runs(_ open: OpenStore) async throws -> Int {
        try await open.database.read { try $0.rows("SELECT id FROM runs", []).count }
    }

    @Test(arguments: StoreDriver.allCases)
    func `equal bytes without an id are one run, live or complete, and the answer says so`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload()
        #expect(first.dedupedFrom == nil && first.keepsBlob)
        let live = try await open.upload()
        #expect(live.dedupedFrom == first.detail.run.id && !live.keepsBlob && !live.created && live.detail == first.detail)
        try await open.complete()
        let done = try await open.upload()
        #expect(done.dedupedFrom == first.detail.run.id && done.detail.run.status == .complete)
        #expect(try await open.store.documents(limit: 10, after: nil, in: open.scope).count == 1)
        #expect(try await open.upload("b").dedupedFrom == nil)
        #expect(try await open.upload("a", in: open.stranger).dedupedFrom == nil)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `64 equal uploads at once are one run and 64 answers with it`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let answers = try await withThrowingTaskGroup(of: UploadOutcome.self) { group in
            for _ in 0..<64 { group.addTask { try await open.upload() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 64 && Set(answers.map(\.detail.run.id)).count == 1 && Set(answers.map(\.detail.document.id)).count == 1)
        #expect(answers.filter { $0.dedupedFrom == nil }.count == 1)
        #expect(try await runs(open) == 1)
        #expect(try await open.store.queueDepth().waiting == 1)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `64 equal uploads while their run ends well, badly or by hand agree with the ledger`(driver: StoreDriver) async throws {
        for ending in ["complete", "fail", "cancel", "delete"] {
            let open = try await driver.openEmpty()
            let answers = try await withThrowingTaskGroup(of: UploadOutcome?.self) { group in
                for index in 0..<64 {
                    group.addTask { try await open.upload() }
                    if index % 8 == 0 {
                        group.addTask {
                            guard let job = try await open.claim().first else { return nil }
                            switch ending {
                            case "complete": try await open.store.complete(job.claim, with: open.result(of: job.claim))
                            case "fail":
                                _ = try await open.store.fail(
                                    job.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
                            case "cancel": _ = try await open.store.cancelRun(job.claim.run, of: job.documentID, in: open.scope)
                            default: try await open.store.deleteDocument(job.documentID, in: open.scope)
                            }
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: []) { answers, answer in answers += answer.map { [$0] } ?? [] }
            }
            #expect(answers.count == 64)
            #expect(try await runs(open) == answers.filter { $0.dedupedFrom == nil }.count)
            #expect(Set(answers.map(\.detail.run.id)).count == answers.filter { $0.dedupedFrom == nil }.count)
            if ending == "complete" { #expect(try await runs(open) == 1) }
            #expect(try await open.store.violations(limit: 10) == [], "\(ending)")
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a run that failed, was cancelled or lost its document does not stand in the way`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let failed = try await open.upload()
        let job = try #require(try await open.claim().first)
        _ = try await open.store.fail(job.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        let cancelled = try await open.upload()
        #expect(cancelled.created && cancelled.detail.document.id != failed.detail.document.id)
        _ = try await open.store.cancelRun(cancelled.detail.run.id, of: cancelled.detail.document.id, in: open.scope)
        let deleted = try await open.upload()
        #expect(deleted.created)
        try await open.complete()
        try await open.store.deleteDocument(deleted.detail.document.id, in: open.scope)
        let last = try await open.upload()
        #expect(last.created && last.detail.run.status == .queued)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `what a result lacks is said of its run, and of every run that serves it`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let warnings = [
            RunWarning(.pagesDamaged, pages: [2]), RunWarning(.pagesPoorlyRecognized, pages: [1, 3], reason: "a \"reason\", 100 % \u{E4}"),
        ]
        let first = try await open.upload()
        #expect(first.detail.run.warnings == [])
        try await open.complete(warnings: warnings)
        #expect(try await open.store.document(first.detail.document.id, in: open.scope).run.warnings == warnings)
        #expect(try await open.upload(duplicate: .record).detail.run.warnings == warnings)
        let again = try await open.store.startRun(
            of: first.detail.document.id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        #expect(again.warnings == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a recorded duplicate has a document of its own and serves the result that was there`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload()
        let early = try await open.upload(duplicate: .record)
        #expect(early.created && early.keepsBlob && early.detail.run.status == .queued && early.detail.run.duplicateOf == nil)
        let job = try await open.complete(pages: 7)
        #expect(job.claim.run == first.detail.run.id)

        let late = try await open.upload(duplicate: .record)
        let run = late.detail.run
        #expect(late.created && late.keepsBlob && late.dedupedFrom == nil && late.detail.version.blob != first.detail.version.blob)
        #expect(run.status == .complete && run.duplicateOf == first.detail.run.id && run.pagesTotal == 7 && run.itemCount == 3)
        #expect(late.detail.document.currentRunID == run.id)
        for pinned in [nil, run.id] {
            let resolved = try await open.store.artifact(.markdown, run: pinned, of: late.detail.document.id, in: open.scope)
            #expect(resolved.artifact.blob == .result(.markdown, of: job.claim) && resolved.run.id == run.id)
        }
        let events = try await open.store.events(of: late.detail.document.id, after: 0, limit: 10, in: open.scope)
        #expect(events.map(\.type) == [.created, .complete] && events.last?.meta["duplicateOf"] == first.detail.run.id.rawValue)
        #expect(try await open.upload().dedupedFrom == first.detail.run.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `an upload to a chosen id is recorded, and complete at once when equal work is`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let (one, two) = (try DocumentID(chosen: "doc-one"), try DocumentID(chosen: "doc-two"))
        let first = try await open.upload(to: one)
        let beside = try await open.upload(to: two)
        #expect(first.detail.run.status == .queued && beside.detail.run.status == .queued && beside.dedupedFrom == nil)
        try await open.complete()
        let again = try await open.upload(to: one)
        #expect(again.reusedVersion && again.detail.run.number == 2 && again.detail.run.duplicateOf == first.detail.run.id)
        #expect(again.detail.document.currentRunID == again.detail.run.id)
        let waiting = try await open.upload(to: two, process: false)
        #expect(waiting.detail.run.status == .uploaded)
        #expect(try await open.upload(to: two).detail.run.duplicateOf == first.detail.run.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a document that went on to other bytes is not the answer, but its result is not made again`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.upload()
        try await open.complete()
        try await open.upload("b", to: first.detail.document.id)
        let second = try await open.upload()
        #expect(second.created && second.detail.run.duplicateOf == first.detail.run.id)
        let third = try await open.upload()
        #expect(third.dedupedFrom == second.detail.run.id && third.detail.document.id == second.detail.document.id)
        // A duplicate of a duplicate refers to the run that has the results.
        #expect(try await open.upload(duplicate: .record).detail.run.duplicateOf == first.detail.run.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `reparse and retry always run, and take the key where it is free`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.upload().detail.document.id
        try await open.complete()
        let reparse = try await open.store.startRun(of: id, fresh: true, recipe: OpenStore.recipe, in: open.scope)
        #expect(reparse.status == .queued && reparse.duplicateOf == nil)
        #expect(try await open.upload().detail.run.id != reparse.id)

        let other = try await open.upload("b")
        let jobs = try await open.claim(limit: 2)
        for job in jobs {
            _ = try await open.store.fail(job.claim, with: RunFailure(.parseFailed), policy: RetryPolicy(), retryDelay: .zero)
        }
        let retried = try await open.store.retryRun(other.detail.run.id, of: other.detail.document.id, in: open.scope)
        #expect(try await open.upload("b").dedupedFrom == retried.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `an equal upload that is to be processed starts the run that waits`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let waiting = try await open.upload(process: false)
        #expect(try await open.upload(process: false).detail.run.status == .uploaded)
        let started = try await open.upload()
        #expect(started.dedupedFrom == waiting.detail.run.id && started.detail.run.status == .queued)
        #expect(try await open.claim().first?.claim.run == waiting.detail.run.id)
        #expect(try await open.store.violations(limit: 10) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `uploads between the same documents at once, each a duplicate of the other's, all end`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let ids = [try DocumentID(chosen: "doc-x"), try DocumentID(chosen: "doc-y")]
        for (id, content) in zip(ids, ["a", "b"]) {
            try await open.upload(content, to: id)
            try await open.complete()
        }
        try await withThrowingTaskGroup { group in
            for index in 0..<64 {
                group.addTask { _ = try await open.upload(["b", "a"][index % 2], to: ids[index % 2]) }
                if index % 16 == 0 {
                    group.addTask {
                        _ = try await open.store.startRun(of: ids[index % 2], fresh: true, recipe: OpenStore.recipe, in: open.scope)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await runs(open) == 70)
        #expect(try await open.store.violations(limit: 10) == [])
    }
}
