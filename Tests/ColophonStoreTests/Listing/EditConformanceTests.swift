import ColophonCore
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// What every store promises about edits, tags, deletions and their undoing.
@Suite struct EditConformanceTests {
    @Test(arguments: StoreDriver.allCases)
    func `an edit changes what it names and says so; one that changes nothing says nothing`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.create("a.pdf", tags: ["x"]).row.id
        let before = try await history(of: id, in: open)
        open.clock.advance(by: .seconds(5))
        let metadata = try DocumentMetadata(#"{"ref": 7}"#)
        let edit = try DocumentEdit(name: "b.pdf", metadata: metadata, tags: ["Y", "x"])
        let row = try await open.store.edit(id, edit, in: open.scope)
        #expect(row.name == "b.pdf" && row.metadata == metadata && row.tags == ["x", "y"])
        #expect(row.updatedAt == open.clock.now() && row.activityAt == open.clock.now() && row.createdAt < row.updatedAt)
        let after = try await history(of: id, in: open)
        #expect(after.events.dropFirst(before.events.count).map(\.type) == [.edited, .tagged])
        #expect(after.events.suffix(2).map(\.meta) == [["name": "b.pdf", "metadata": "10 bytes"], ["added": #"["y"]"#]])
        #expect(after.head == before.head + 1)
        open.clock.advance(by: .seconds(5))
        #expect(try await open.store.edit(id, edit, in: open.scope) == row)
        #expect(try await open.store.editTags(of: [id], try TagEdit(add: ["x"], remove: ["z"]), in: open.scope).items == [row])
        #expect(try await history(of: id, in: open) == after)
        await refuses("DOCUMENT_NOT_FOUND") { try await open.store.edit(id, edit, in: open.stranger) }
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a live document's name is taken, whatever its case; a deleted one's is free, and so is a document's own`(
        driver: StoreDriver
    ) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.create("Straße 1.pdf").row.id
        let second = try await open.create("b.pdf").row.id
        await refuses("NAME_CONFLICT") { try await open.store.edit(second, try DocumentEdit(name: "STRASSE  1.PDF"), in: open.scope) }
        await refuses("NAME_CONFLICT") { try await open.store.checkName("strasse 1.pdf", in: open.scope) }
        try await open.store.checkName("strasse 1.pdf", in: open.stranger)
        #expect(try await open.store.edit(first, try DocumentEdit(name: "STRASSE 1.pdf"), in: open.scope).name == "STRASSE 1.pdf")
        try await open.store.deleteDocument(first, in: open.scope)
        #expect(try await open.store.edit(second, try DocumentEdit(name: "straße 1.pdf"), in: open.scope).name == "straße 1.pdf")
    }

    @Test(arguments: StoreDriver.allCases)
    func `tags of several documents change together or not at all`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.create("a.pdf", tags: ["a", "b"]).row.id
        let second = try await open.create("b.pdf", tags: ["c"]).row.id
        let gone = try await open.create("c.pdf").row.id
        try await open.store.deleteDocument(gone, in: open.scope)
        let unknown = DocumentID(rawValue: "doc-unknown")
        let outcome = try await open.store.editTags(
            of: [second, gone, unknown, first], try TagEdit(add: [" D "], remove: ["a"]), in: open.scope)
        #expect(outcome.items.map(\.id) == [second, first] && outcome.items.map(\.tags) == [["c", "d"], ["b", "d"]])
        #expect(outcome.notFound == [gone, unknown])
        let many = (0..<49).map { "tag \($0)" }
        await #expect(throws: ColophonError.self) {
            _ = try await open.store.editTags(of: [second, first], try TagEdit(add: many, remove: ["d", "b"]), in: open.scope)
            _ = try await open.store.editTags(of: [second, first], try TagEdit(add: ["one", "more"], remove: []), in: open.scope)
        }
        let rows = try await open.store.list(try DocumentQuery(sort: [SortKey(.name)]), in: open.scope).items
        #expect(rows.map(\.tags.count) == [49, 50])
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `several documents are deleted at once, and restored under a free name`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let first = try await open.create("a.pdf", tags: ["t"]).row.id
        let second = try await open.create("b.pdf").row.id
        let outcome = try await open.store.deleteDocuments([second, DocumentID(rawValue: "doc-no"), first], in: open.scope)
        #expect(outcome.items == [second, first] && outcome.notFound.map(\.rawValue) == ["doc-no"])
        #expect(try await open.store.deleteDocuments([first], in: open.scope).notFound == [first])
        #expect(try await open.store.list(try DocumentQuery(), in: open.scope).items.isEmpty)
        let deleted = try await open.store.list(try DocumentQuery(sort: [SortKey(.name)], lifecycle: .deleted), in: open.scope).items
        #expect(deleted.map(\.id) == [first, second] && deleted[0].deletedBy == "test" && deleted[0].tags == ["t"])
        #expect(deleted[0].lastRunPhase == .cancelled)
        #expect(try await open.store.tags(TagQuery(limit: 9), in: open.scope).isEmpty)

        try await open.create("A.pdf")
        let head = try await history(of: first, in: open, isLive: false).head
        let row = try await open.store.restore(first, in: open.scope)
        #expect(row.name == "a (2).pdf" && row.deletedAt == nil && row.deletedBy == nil && row.lastRunPhase == .cancelled)
        #expect(try await open.store.tags(TagQuery(limit: 9), in: open.scope) == [TagCount(tag: "t", documentCount: 1)])
        let after = try await history(of: first, in: open)
        #expect(after.events.last?.type == .restored && after.events.last?.meta == ["name": "a (2).pdf"] && after.head == head + 1)
        await refuses("INVALID_STATE") { try await open.store.restore(first, in: open.scope) }
        await refuses("DOCUMENT_NOT_FOUND") { try await open.store.restore(second, in: open.stranger) }
        #expect(try await open.store.restore(second, in: open.scope).name == "b.pdf")
        #expect(try await open.store.violations(limit: 9) == [])
    }

    @Test(arguments: StoreDriver.allCases)
    func `a deletion whose bytes are gone cannot be undone`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        let id = try await open.create("a.pdf").row.id
        try await open.store.deleteDocument(id, in: open.scope)
        open.clock.advance(by: .day)
        _ = try await open.store.purgeDeleted(olderThan: .seconds(1), limit: 9)
        await refuses("EXPIRED") { try await open.store.restore(id, in: open.scope) }
        _ = try await open.store.expire(.source, limit: 9)
        await refuses("EXPIRED") { try await open.store.restore(id, in: open.scope) }
    }

    @Test(arguments: StoreDriver.allCases)
    func `the catalogue counts the tags of live documents, page by page, by name or by count`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        for index in 0..<12 {
            try await open.create("\(index).pdf", tags: (0..<6).filter { index % ($0 + 1) == 0 }.map { "tag 1\($0)" })
        }
        let gone = try await open.create("gone.pdf", tags: ["tag 10", "only here"]).row.id
        try await open.store.deleteDocument(gone, in: open.scope)
        try await open.create("x.pdf", tags: ["tag 10"], in: open.stranger)
        let counts = [("tag 10", 12), ("tag 11", 6), ("tag 12", 4), ("tag 13", 3), ("tag 14", 3), ("tag 15", 2)]
            .map { TagCount(tag: $0.0, documentCount: $0.1) }
        let backwards = [counts[5], counts[3], counts[4], counts[2], counts[1], counts[0]]
        for (sort, expected) in [(TagQuery.Sort.name, counts), (.mostFirst, counts), (.count, backwards)] {
            var found: [TagCount] = []
            var query = TagQuery(limit: 4, sort: sort)
            while true {
                let page = try await open.store.tags(query, in: open.scope)
                found += page.prefix(4)
                guard page.count > 4, let last = found.last else { break }
                query.after = TagQuery.Place(tag: last.tag, count: last.documentCount)
            }
            #expect(found == expected, "\(sort)")
        }
        #expect(try await open.store.tags(TagQuery(limit: 9, search: "g 14"), in: open.scope) == [counts[4]])
        #expect(try await open.store.tags(TagQuery(limit: 9, search: "g_1"), in: open.scope).isEmpty)
    }

    // MARK: Help

    private struct History: Equatable {
        var events: [DocumentEvent]
        var head: Int64
    }

    private func history(of id: DocumentID, in open: OpenStore, isLive: Bool = true) async throws -> History {
        let head = try await open.store.changes(after: 0, limit: 1000, in: open.scope).last?.id ?? 0
        let events = isLive ? try await open.store.events(of: id, after: 0, limit: 100, in: open.scope) : []
        return History(events: events, head: head)
    }
}

/// Whether a verb throws an error of this reason.
func refuses(
    _ reason: String, sourceLocation: SourceLocation = #_sourceLocation, _ verb: () async throws -> some Sendable
) async {
    await #expect(sourceLocation: sourceLocation) {
        _ = try await verb()
    } throws: {
        ($0 as? ColophonError)?.reason == reason
    }
}
