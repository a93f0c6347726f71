import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What every store promises about documents that are made under a name, their versions and runs.
@Suite struct CreationConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `of 32 uploads of one name at once exactly one is taken`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<32 {
                group.addTask {
                    do {
                        try await open.create(index % 2 == 0 ? "Same.pdf" : "same.PDF", "\(index)")
                        return 1
                    } catch let error as ColophonError where error.reason == "NAME_CONFLICT" { return 0 }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(taken == 1)
        #expect(try await open.store.list(try DocumentQuery(includeTotal: true), in: open.scope).total == 1)
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `uploads that keep both get the next free names, however many come at once`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        try await open.create("a (3).pdf", "taken")
        try await withThrowingTaskGroup { group in
            for index in 0..<12 { group.addTask { _ = try await open.create("a.pdf", "\(index)", conflict: .keepBoth) } }
            try await group.waitForAll()
        }
        let names = try await open.store.list(try DocumentQuery(), in: open.scope).items.map(\.name)
        #expect(Set(names) == Set(["a.pdf"] + (2...13).map { "a (\($0)).pdf" }))
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `uploads of new versions under one name, all at once, are versions of one document`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let created = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<16 { group.addTask { try await open.create("a.pdf", "\(index)", conflict: .uploadNewVersion).created } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(created == 1)
        let row = try #require(try await open.store.list(try DocumentQuery(), in: open.scope).items.first)
        #expect(row.versionNumber == 16 && row.lastRun?.number == 16)
        let versions = try await open.store.versions(of: row.id, limit: 10, before: 12, in: open.scope)
        #expect(versions.map(\.number) == Array((2...11).reversed()))
        #expect(try await open.store.version(16, of: row.id, in: open.scope).number == 16)
        await refuses("VERSION_NOT_FOUND") { try await open.store.version(17, of: row.id, in: open.scope) }
        await refuses("DOCUMENT_NOT_FOUND") { try await open.store.version(1, of: row.id, in: open.stranger) }
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `an upload of a new version brings its tags and metadata, and leaves what it does not bring`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.create("a.pdf", "1", tags: ["x"]).row
        let metadata = try DocumentMetadata(#"{"ref": 7}"#)
        let second = try await open.create("A.pdf", "2", conflict: .uploadNewVersion, tags: ["y"], metadata: metadata).row
        #expect(second.id == first.id && second.tags == ["x", "y"] && second.metadata == metadata && second.versionNumber == 2)
        let third = try await open.create("a.pdf", "3", conflict: .uploadNewVersion).row
        #expect(third.tags == ["x", "y"] && third.metadata == metadata && third.versionNumber == 3)
        let many = (0..<49).map { "tag \($0)" }
        await #expect(throws: ColophonError.self) { try await open.create("a.pdf", "4", conflict: .uploadNewVersion, tags: many) }
        #expect(try await open.store.documentRow(first.id, in: open.scope).versionNumber == 3)
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `names of any letters are stored whole, found and sorted by`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        // A letter of very many marks, one that becomes eighteen, and one of four bytes.
        for (index, letters) in [
            "a" + String(repeating: "\u{301}", count: 5000), String(repeating: "\u{FDFA}", count: 300),
            String(repeating: "\u{1F4C4}", count: 255),
        ].enumerated() {
            let name = OriginalName.sanitized(letters)
            #expect(name.utf8.count <= OriginalName.bytesMax && name.count <= OriginalName.charactersMax)
            let row = try await open.create(name, "\(index)").row
            #expect(row.name == name)
            await refuses("NAME_CONFLICT") { try await open.create(name, "again") }
            #expect(try await open.create(name, "beside", conflict: .keepBoth).row.name.hasSuffix(" (2)"))
        }
        let sort = try SortKey.parse(#"[{"id":"name","desc":false}]"#)
        var (seen, cursor) = (0, String?.none)
        repeat {
            let query = try DocumentQuery(limit: 1, cursor: cursor.map { try DocumentCursor($0, sort: sort) }, sort: sort)
            let page = try await open.store.list(query, in: open.scope)
            seen += page.items.count
            cursor = page.nextCursor
        } while cursor != nil
        #expect(seen == 6)
    }

    @Test(arguments: StoreDriver.allCases)
    func `a new document of equal bytes completes at once, unless both are to be kept`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.create("a.pdf", "same", tags: ["x"])
        #expect(first.created && first.row.tags == ["x"] && first.row.lastRunPhase == .queued && first.row.uploader.id == "test")
        try await open.complete()
        let second = try await open.create("b.pdf", "same")
        #expect(second.created && second.row.lastRun?.duplicateOf == first.row.lastRun?.id && second.row.hasOutput)
        let third = try await open.create("a.pdf", "same", conflict: .keepBoth)
        #expect(third.row.name == "a (2).pdf" && third.row.lastRunPhase == .queued && !third.row.hasOutput)
        let fourth = try await open.create("c.pdf", "same", process: false)
        #expect(fourth.row.lastRunPhase == nil && fourth.row.lastRun?.status == .uploaded)
        #expect(try await open.store.events(of: second.row.id, after: 0, limit: 9, in: open.scope).map(\.type) == [.created, .complete])
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a new version changes the size and the type that lists show, and leaves the name`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.create("a.pdf", "1").row.id
        open.clock.advance(by: .seconds(3))
        let outcome = try await open.store.addVersion(open.version("longer", name: "other.txt"), to: id, in: open.scope)
        #expect(!outcome.created && outcome.reused == nil && outcome.row.name == "a.pdf" && outcome.row.versionNumber == 2)
        #expect(outcome.row.byteSize == 6 && outcome.row.fileType == .text && outcome.row.contentType == "text/plain")
        #expect(outcome.row.updatedAt == open.clock.now() && outcome.row.lastRun?.number == 2)
        open.clock.advance(by: .seconds(3))
        let again = try await open.store.addVersion(open.version("longer", name: "other.txt"), to: id, in: open.scope)
        #expect(again.reused?.number == 2 && again.row.versionNumber == 2 && again.row.lastRun?.number == 3)
        #expect(again.row.updatedAt == outcome.row.updatedAt && again.row.activityAt == open.clock.now())
        await refuses("DOCUMENT_NOT_FOUND") { try await open.store.addVersion(open.version("x"), to: id, in: open.stranger) }
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a list shows how the newest run stands, whatever becomes of older ones`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.create("a.pdf", process: false).row.id
        func phase() async throws -> LastRunPhase? { try await open.store.documentRow(id, in: open.scope).lastRunPhase }
        func found(_ phase: String) async throws -> Bool {
            let filter = DocumentFilter(.lastRunPhase, .isAmong([phase], isNegated: false))
            #expect(try await open.store.violations(limit: 9) == [])
            return try await !open.store.list(try DocumentQuery(filters: [filter]), in: open.scope).items.isEmpty
        }
        #expect(try await phase() == nil)
        let first = try await open.store.startRuns(of: [id], recipe: OpenStore.recipe, in: open.scope).items[0]
        #expect(first.number == 1)
        #expect(try await found("queued"))
        let job = try #require(try await open.claim().first)
        #expect(try await found("running"))
        _ = try await open.store.fail(job.claim, with: RunFailure(.passwordProtected), policy: RetryPolicy(), retryDelay: .zero)
        #expect(try await found("failed"))
        _ = try await open.store.retryRun(first.id, of: id, in: open.scope)
        #expect(try await found("queued"))
        let second = try await open.store.startRuns(of: [id], recipe: OpenStore.recipe, in: open.scope).items[0]
        _ = try await open.store.cancelRun(first.id, of: id, in: open.scope)
        #expect(second.number == 2)
        #expect(try await found("queued"))
        #expect(try await !found("cancelled"))
        _ = try await open.store.cancelRun(second.id, of: id, in: open.scope)
        #expect(try await found("cancelled"))
        _ = try await open.store.startRuns(of: [id], recipe: OpenStore.recipe, in: open.scope)
        try await open.complete()
        #expect(try await found("succeeded"))
        #expect(try await phase() == .succeeded)
    }

    @Test(arguments: StoreDriver.allCases)
    func `the runs of a workspace are listed newest first, without those of deleted documents`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<5 {
            open.clock.advance(by: .seconds(1))
            ids.append(try await open.create("\(index).pdf").row.id)
        }
        open.clock.advance(by: .seconds(1))
        let batch = try await open.store.startRuns(
            of: [ids[3], DocumentID(rawValue: "doc-no"), ids[1]], recipe: OpenStore.recipe, in: open.scope)
        #expect(batch.items.map(\.documentID) == [ids[3], ids[1]] && batch.notFound.map(\.rawValue) == ["doc-no"])
        try await open.store.deleteDocument(ids[4], in: open.scope)
        try await open.complete()
        var found: [Run] = []
        var query = RunQuery(limit: 2)
        while true {
            let page = try await open.store.runs(query, in: open.scope)
            found += page
            guard let last = page.last else { break }
            query.after = RunQuery.Place(createdAt: last.createdAt, id: last.id)
        }
        #expect(found.dropFirst(2).map(\.documentID) == [ids[3], ids[2], ids[1], ids[0]])
        #expect(Set(found.prefix(2).map(\.id)) == Set(batch.items.map(\.id)))
        let own = try await open.store.runs(RunQuery(limit: 9, document: ids[1]), in: open.scope)
        #expect(own.map(\.number) == [2, 1])
        #expect(try await open.store.runs(RunQuery(limit: 9, statuses: [.complete]), in: open.scope).map(\.status) == [.complete])
        #expect(try await open.store.run(own[0].id, in: open.scope) == own[0])
        await refuses("RUN_NOT_FOUND") { try await open.store.run(own[0].id, in: open.stranger) }
        await refuses("DOCUMENT_NOT_FOUND") { try await open.store.runs(RunQuery(limit: 9, document: ids[4]), in: open.scope) }
    }
}
