import ColophonCore
import ColophonSamples
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// Lists of documents: the answer is the one that looking at every document gives.
@Suite struct ListConformanceTests {
    private static let ids = ["deletedAt", "id"]

    @Test(arguments: StoreDriver.allCases)
    func `every filter with every operator holds for the documents that it should`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let samples = try await ListSample.fill(open, count: 150, seed: 1)
        var generator = SplitMix64(seed: 2)
        var filters = ListModel.filters(using: &generator)
        filters.append(.init(id: "id", op: "in", value: .list(samples.prefix(5).map { .text($0.id.rawValue) })))
        filters.append(.init(id: "id", op: "eq", value: .text(samples[9].id.rawValue)))
        for filter in filters {
            for lifecycle in ["active", "deleted"] {
                var model = ListModel(filters: [filter])
                model.lifecycle = lifecycle
                try await expect(model, samples, open)
            }
        }
        // All are asked.
        for id in DocumentFilter.ID.allCases {
            let asked = Set(filters.filter { $0.id == id.rawValue }.compactMap { DocumentFilter.Operator(rawValue: $0.op) })
            #expect(id.operators.subtracting([.isRelativeToToday]) == asked, "\(id)")
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `every order, one or two columns either way, is paged through to the end`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let samples = try await ListSample.fill(open, count: 60, seed: 3)
        for first in ListModel.sortIDs {
            for isDescending in [false, true] {
                for second in [nil, "id", "name", "lastRunAt", "source"] where second != first {
                    var model = ListModel()
                    model.sort = [(first, isDescending)] + (second.map { [($0, !isDescending)] } ?? [])
                    for lifecycle in ["active", "deleted"] {
                        model.lifecycle = lifecycle
                        try await expect(model, samples, open, limit: 13)
                    }
                }
            }
        }
    }

    @Test(arguments: StoreDriver.allCases, [10, 11, 12] as [UInt64])
    func `random questions are answered as by looking at every document`(driver: StoreDriver, seed: UInt64) async throws {
        let open = try await driver.openEmpty()
        let samples = try await ListSample.fill(open, count: 120, seed: seed)
        var generator = SplitMix64(seed: seed)
        for _ in 0..<90 {
            let model = ListModel.random(using: &generator, ids: samples.map(\.id.rawValue))
            try await expect(model, samples, open, limit: 7)
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `what few documents have is gathered and what many have is walked, with the same answer`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let samples = try await ListSample.fill(open, count: 200, seed: 5)
        var generator = SplitMix64(seed: 6)
        for _ in 0..<40 {
            let model = ListModel.random(using: &generator, ids: samples.map(\.id.rawValue))
            let expected = model.matching(samples).map(\.id)
            let query = try model.query(limit: 200)
            let workspace = open.scope.workspace
            for gatherMax in [0, 20, 100_000] {
                let found = try await open.database.walk { connection in
                    try ListReader(connection: connection, query: query, workspace: workspace, gatherLimit: gatherMax).listing()
                }
                #expect(found.items.map(\.id) == expected, "\(model), at most \(gatherMax)")
            }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `documents that come meanwhile move no page, and none is shown twice`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<40 {
            open.clock.advance(by: .milliseconds(1))
            try await open.upload("\(index)")
        }
        let before = Set(try await open.store.list(try DocumentQuery(limit: 100), in: open.scope).items.map(\.id))
        let written = try await withThrowingTaskGroup(of: [DocumentID].self) { group in
            group.addTask {
                for index in 0..<40 { try await open.upload("new \(index)") }
                return []
            }
            for sort in [SortKey.standard, [SortKey(.name)], [SortKey(.byteSize, isDescending: true)]] {
                group.addTask {
                    var seen: [DocumentID] = []
                    var cursor: DocumentCursor?
                    repeat {
                        let page = try await open.store.list(try DocumentQuery(limit: 3, cursor: cursor, sort: sort), in: open.scope)
                        seen += page.items.map(\.id)
                        cursor = try page.nextCursor.map { try DocumentCursor($0, sort: sort) }
                    } while cursor != nil
                    #expect(Set(seen).count == seen.count && before.isSubset(of: seen))
                    return seen
                }
            }
            return try await group.reduce(into: 0) { $0 += $1.count }
        }
        #expect(written >= 120)
    }

    @Test(arguments: StoreDriver.allCases)
    func `totals and facets count what the filters hold for, whatever the page`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let samples = try await ListSample.fill(open, count: 150, seed: 7)
        var generator = SplitMix64(seed: 8)
        var models = [ListModel()] + ListModel.filters(using: &generator).map { ListModel(filters: [$0]) }
        models += (0..<40).map { _ in ListModel.random(using: &generator, ids: samples.map(\.id.rawValue)) }
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        for model in models {
            let matching = model.matching(samples)
            let query = try model.query(limit: 1, counts: true)
            let listing = try await open.store.list(query, in: open.scope)
            try await expectKept(kept, query, open, listing)
            let facets = try #require(listing.facets)
            #expect(listing.total == matching.count, "\(model)")
            #expect(facets.fileType == counts(matching.map { FileType.of($0.contentType).rawValue }), "\(model)")
            #expect(facets.source == counts(matching.map(\.source.rawValue)), "\(model)")
            #expect(facets.uploaderId == counts(matching.map(\.uploader)), "\(model)")
            #expect(facets.tags == counts(matching.flatMap(\.tags)), "\(model)")
            let words: [RunStatus: String] = [
                .queued: "queued", .processing: "running", .complete: "succeeded", .failed: "failed", .cancelled: "cancelled",
            ]
            let phases = counts(matching.compactMap { words[$0.status] })
            // Of deleted documents only how they ended is known: nothing of them waits.
            if model.lifecycle == "active" { #expect(facets.lastRunPhase == phases, "\(model)") }
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `runs of any statuses are paged through newest first`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        _ = try await ListSample.fill(open, count: 90, seed: 12)
        let all = try await open.store.runs(RunQuery(limit: 1000), in: open.scope)
        #expect(Set(all.map(\.status)) == Set(RunStatus.allCases))
        for statuses in RunStatus.allCases.map({ [$0] }) + [[.queued, .failed], [.complete, .processing, .uploaded]] {
            var query = RunQuery(limit: 4, statuses: Set(statuses))
            var found: [Run] = []
            repeat {
                let page = try await open.store.runs(query, in: open.scope)
                found += page
                query.after = page.last.map { RunQuery.Place(createdAt: $0.createdAt, id: $0.id) }
                if page.count < query.limit { break }
            } while found.count <= all.count
            #expect(found.map(\.id) == all.filter { statuses.contains($0.status) }.map(\.id), "\(statuses)")
        }
    }

    @Test(arguments: StoreDriver.allCases)
    func `a row shows the document, its tags, its uploader's name and its newest run`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let key = APIKey.make()
        let scope = WorkspaceScope(workspace: open.scope.workspace, actor: "key:\(key.id)")
        try await open.store.addKey(
            StoredKey(
                id: key.id, workspace: scope.workspace, name: "Mira's key", hash: key.hash, createdAt: open.clock.now(), revokedAt: nil))
        let id = try await open.upload("abc", in: scope).detail.document.id
        _ = try await open.store.editTags(of: [id], try TagEdit(add: ["b", "A"], remove: []), in: scope)
        try await open.complete()
        let listing = try await open.store.list(try DocumentQuery(), in: open.scope)
        let row = try #require(listing.items.first)
        #expect(row == (try await open.store.documentRow(id, in: open.scope)))
        #expect(row.uploader == .init(id: "key:\(key.id)", name: "Mira's key") && row.tags == ["a", "b"])
        #expect(row.name == "abc.pdf" && row.fileType == .pdf && row.byteSize == 3 && row.versionNumber == 1 && row.source == .uploaded)
        #expect(row.lastRunPhase == .succeeded && row.lastRun?.pagesTotal == 2 && row.hasOutput && row.currentRunID == row.lastRun?.id)
        #expect(listing.changesCursor == (try await open.store.changes(after: 0, limit: 100, in: open.scope).last?.id))
        #expect(!listing.hasMore && listing.nextCursor == nil && listing.total == nil && listing.facets == nil)
        let empty = try await open.store.list(try DocumentQuery(), in: open.stranger)
        #expect(empty.items.isEmpty && empty.changesCursor == 0)
        await #expect(throws: ColophonError.self) { try await open.store.documentRow(id, in: open.stranger) }
    }

    // MARK: Help

    /// Pages through a question's answer.
    private func expect(_ model: ListModel, _ samples: [ListSample], _ open: OpenStore, limit: Int = 40) async throws {
        let expected = model.matching(samples).map(\.id)
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        var found: [DocumentID] = []
        var cursor: String?
        repeat {
            let query = try model.query(limit: limit, cursor: cursor)
            let page = try await open.store.list(query, in: open.scope)
            try await expectKept(kept, query, open, page)
            found += page.items.map(\.id)
            #expect(page.items.count == limit || !page.hasMore)
            cursor = page.nextCursor
        } while cursor != nil && found.count <= expected.count
        #expect(found == expected, "\(model)")
    }

    /// What is kept in memory says the same, to the last cursor.
    private func expectKept(_ kept: SQLStore, _ query: DocumentQuery, _ open: OpenStore, _ expected: DocumentListing) async throws {
        var query = query
        if query.lifecycle == .deleted { return }
        // Orders, too, that indexes are asked for.
        let onlySorted = !query.mayBeKept
        query.includeTotal = query.includeTotal || onlySorted
        var found = try await kept.keptListing(query, in: open.scope.workspace)
        if onlySorted { found?.total = nil }
        #expect(found == expected, "\(query)")
    }

    private func counts(_ values: [String]) -> [DocumentFacets.Count] {
        Dictionary(grouping: values) { $0 }.map { DocumentFacets.Count($0.key, $0.value.count) }
            .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    }
}
