import ColophonCore
import ColophonSamples
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// Lists that are kept in memory: the same answers, whatever happens meanwhile. `ListConformanceTests` compares every question's.
@Suite struct KeptListTests {
    private static let drivers: [StoreDriver] = [.sqliteFile, .postgres]

    @Test(arguments: drivers, [21, 22, 23] as [UInt64])
    func `whatever verbs do, the kept list answers as the indexes do`(driver: StoreDriver, seed: UInt64) async throws {
        let open = try await driver.openEmpty()
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        var player = VerbPlayer(open: open)
        var generator = SplitMix64(seed: seed)
        for step in 0..<200 {
            let verb = RandomVerb(using: &generator)
            _ = await player.play(verb)
            guard step % 4 == 0 else { continue }
            for query in try Self.queries {
                let expected = try await open.store.list(query, in: open.scope)
                let found = try await kept.keptListing(query, in: open.scope.workspace)
                try #require(found == expected, "seed \(seed), step \(step), \(verb), \(query)")
            }
        }
    }

    private static var queries: [DocumentQuery] {
        get throws {
            let phases = LastRunPhase.allCases.map { DocumentFilter(.lastRunPhase, .isAmong([$0.rawValue], isNegated: false)) }
            let filters =
                phases + [
                    DocumentFilter(.tags, .isEmpty(false)), DocumentFilter(.hasOutput, .isTrue(false)),
                    DocumentFilter(.name, .isLike("%(2)%", isNegated: false)), DocumentFilter(.byteSize, .isBetween(1, 1, isNegated: true)),
                ]
            let everything = SortKey.ID.allCases.map { [SortKey($0, isDescending: true)] }
            return try everything.map { try DocumentQuery(limit: 4, sort: $0, includeTotal: true, includeFacets: true) }
                + filters.map {
                    try DocumentQuery(limit: 3, sort: [SortKey(.lastRunAt, isDescending: true), SortKey(.name)], filters: [$0])
                }
                + ["pdf", "t1", "0"].map { try DocumentQuery(tokens: [$0]) }
        }
    }

    @Test(arguments: [41, 42, 43] as [UInt64])
    func `of many documents the first are found, whatever is left aside on the way`(seed: UInt64) throws {
        // Block by block, and all at once.
        let (blocks, whole) = Self.columns(1500, seed: seed)
        let filters: [[DocumentFilter]] = [
            [], [DocumentFilter(.byteSize, .isBetween(2, 5, isNegated: false))],
            [
                DocumentFilter(.name, .isLike("report 1%", isNegated: true)),
                DocumentFilter(.createdAt, .isBetween(20, 200, isNegated: false)),
            ],
        ]
        for (id, filters) in SortKey.ID.allCases.flatMap({ id in filters.map { (id, $0) } }) {
            for isDescending in [false, true] {
                let sort = [SortKey(id, isDescending: isDescending), SortKey(id == .name ? .byteSize : .name)]
                // With room for all of them nothing is left aside.
                let all = KeptPage(
                    try DocumentQuery(limit: 1500, sort: sort, filters: filters, includeTotal: true), in: whole, roomMin: 4000)
                try #require(all.ids.count == all.total && all.ids.count > 40 && !all.hasMore)
                for limit in [1, 7, 50] {
                    var query = try DocumentQuery(limit: limit, sort: sort, filters: filters, includeTotal: true)
                    for page in 0..<4 {
                        let found = KeptPage(query, in: blocks, roomMin: 8)
                        #expect(found.total == all.total)
                        #expect(found.ids == Array(all.ids.dropFirst(page * limit).prefix(limit)), "\(sort), \(filters), \(limit), \(page)")
                        query.cursor = found.nextCursor
                        if !found.hasMore { break }
                    }
                }
            }
        }
    }

    /// The same documents twice, in blocks of 64 slots and in one; some have been replaced, and some deleted.
    private static func columns(_ count: Int, seed: UInt64) -> (blocks: KeptColumns, whole: KeptColumns) {
        var generator = SplitMix64(seed: seed)
        func number(_ below: UInt64) -> Int64 { Int64(generator.next() % below) }
        func row(_ index: Int) -> KeptRow {
            KeptRow(
                id: "doc-\(index * 7919 % 100_003)", nameKey: "report \(number(300)) of \(index)", createdAt: Int64(index) / 3,
                editedAt: number(90), activeAt: Int64(index) + number(40), lastRunAt: number(4) == 0 ? nil : number(700),
                byteSize: number(9), source: ["manual", "uploaded", "generated"][Int(number(3))], fileType: "pdf", uploader: "", phase: nil,
                hasOutput: false, tags: [])
        }
        var (blocks, whole) = (KeptColumns(blockLength: 64), KeptColumns(blockLength: count))
        func set(_ id: String, _ row: KeptRow?) {
            blocks.set(id, to: row)
            whole.set(id, to: row)
        }
        let rows = (0..<count).map(row)
        for row in rows { set(row.id, row) }
        for _ in 0..<count / 10 {
            let index = Int(number(UInt64(count)))
            var changed = row(index)
            changed.createdAt = number(UInt64(count))
            set(changed.id, number(3) == 0 ? nil : changed)
        }
        return (blocks, whole)
    }

    @Test func `texts that are replaced again and again stay what they are, in little room`() {
        var column = TextColumn(blockLength: 16)
        for slot in 0..<50 { column.append("\(slot)") }
        for round in 0..<200 {
            for slot in 0..<50 { column.replace(slot, with: "text \(slot) of round \(round)") }
        }
        for slot in 0..<50 {
            let text = "text \(slot) of round 199"
            #expect(
                column[slot] == text && column.heads[slot] == TextColumn.head(text.utf8) && column.tails[slot] == TextColumn.tail(text.utf8)
                    && column.nexts[slot] == TextColumn.next(text.utf8))
        }
        #expect(column.byteCount < 4 * TextColumn.wastedMax)
    }

    @Test(arguments: [
        ("abc%", ["abc", "abcd"], ["ab", "xabc"]), ("%.pdf", ["x.pdf", ".pdf"], ["pdf", "x.pdfx"]),
        ("a%b", ["ab", "axb"], ["a", "b", "aba"]),
        ("ab%ab", ["abab", "ab-ab"], ["ab", "aba"]), ("%bc%", ["bc", "abcd"], ["b", "cb"]), ("abcdefghij%", ["abcdefghijk"], ["abcdefgh"]),
        ("%a%b%", ["ab", "xaxbx"], ["ba"]), ("%", ["", "x"], []), ("abc", ["abc"], ["abcd", "ab"]),
        ("%abcdefghij", ["xabcdefghij"], ["cdefghij"]),
    ])
    func `a pattern matches what LIKE does, and its ends say so`(text: String, yes: [String], no: [String]) {
        let pattern = BytePattern(text)
        for (texts, expected) in [(yes, true), (no, false)] {
            for text in texts {
                #expect(Array(text.utf8).withUnsafeBufferPointer(pattern.matches) == expected, "\(text)")
                let head = (TextColumn.head(text.utf8) ^ pattern.head.bits) & pattern.head.mask == 0
                let tail = (TextColumn.tail(text.utf8) ^ pattern.tail.bits) & pattern.tail.mask == 0
                if expected || pattern.isDecidedByEdges { #expect((head && tail) == expected, "\(text)") }
            }
        }
    }

    @Test(arguments: drivers)
    func `while tags come and go each answer is of one moment`(driver: StoreDriver) async throws {
        let open = try await driver.openEmpty()
        var ids: [DocumentID] = []
        for index in 0..<12 { ids.append(try await open.upload("\(index)").detail.document.id) }
        let documents = ids
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        let query = try DocumentQuery(
            filters: [DocumentFilter(.tags, .isAmong(["t"], isNegated: false))], includeTotal: true)
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<3 {
                group.addTask {
                    for turn in 0..<40 {
                        let (add, remove) = turn % 2 == 0 ? (["t"], []) : ([], ["t"])
                        _ = try await open.store.editTags(
                            of: [documents[(writer * 4 + turn / 2) % 12]], TagEdit(add: add, remove: remove), in: open.scope)
                    }
                    return 0
                }
            }
            for _ in 0..<3 {
                group.addTask {
                    var answers = 0
                    for _ in 0..<60 {
                        guard let listing = try await kept.keptListing(query, in: open.scope.workspace) else { continue }
                        #expect(listing.items.allSatisfy { $0.tags == ["t"] } && listing.total == listing.items.count)
                        answers += 1
                    }
                    return answers
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(answers > 0)
        let last = try await kept.keptListing(query, in: open.scope.workspace)
        #expect(last == (try await open.store.list(query, in: open.scope)))
    }

    @Test(arguments: drivers)
    func `a list that fell far behind leaves the question to the indexes, and is brought up when it is tended`(driver: StoreDriver)
        async throws
    {
        let open = try await driver.openEmpty()
        let id = try await open.upload("a").detail.document.id
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        try await open.database.write { transaction in
            _ = try transaction.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= \(KeptList.catchUpMax))
                INSERT INTO changes (workspace_id, id, document_id, op, at)
                SELECT ?, (SELECT head FROM workspace_feeds WHERE workspace_id = ?) + i, ?, 'upsert', 0 FROM n
                """, [.id(open.scope.workspace), .id(open.scope.workspace), .id(id)])
            _ = try transaction.execute(
                "UPDATE workspace_feeds SET head = head + \(KeptList.catchUpMax + 1) WHERE workspace_id = ?", [.id(open.scope.workspace)])
        }
        let query = try DocumentQuery(includeTotal: true)
        #expect(try await kept.keptListing(query, in: open.scope.workspace) == nil)
        #expect(try await kept.list(query, in: open.scope).total == 1)
        try await kept.tendLists(within: 1 << 20, documentsMin: 0)
        #expect(try await kept.keptListing(query, in: open.scope.workspace)?.total == 1)
    }

    @Test func `a list whose changes are not kept any more is fetched anew once it is wished for`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        try await open.upload("a")
        let kept = SQLStore(open.database)
        try await kept.keepList(of: open.scope.workspace)
        try await open.upload("b")
        try await open.database.write { transaction in
            _ = try transaction.execute("UPDATE workspace_feeds SET floor = head WHERE workspace_id = ?", [.id(open.scope.workspace)])
            _ = try transaction.execute("UPDATE workspace_feeds SET floor = floor + 9, head = head + 9", [])
        }
        let query = try DocumentQuery(includeTotal: true)
        #expect(try await kept.keptListing(query, in: open.scope.workspace) == nil)
        try await kept.tendLists(within: 1 << 20, documentsMin: 0)
        #expect(kept.lists.list(of: open.scope.workspace) == nil)
        kept.lists.wish(for: open.scope.workspace)
        try await kept.tendLists(within: 1 << 20, documentsMin: 0)
        #expect(try await kept.keptListing(query, in: open.scope.workspace)?.total == 2)
    }

    @Test func `a list with a gap in its feed, or of few documents, or worn out by deletions, is not kept`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        let store = SQLStore(open.database)
        for index in 0..<6 { try await open.upload("\(index)") }
        let query = try DocumentQuery(includeTotal: true)
        try await store.keepList(of: open.scope.workspace)
        let newest = try await open.upload("newest").detail.document.id
        try await open.database.write { _ = try $0.execute("DELETE FROM changes WHERE document_id = ?", [.id(newest)]) }
        #expect(try await store.keptListing(query, in: open.scope.workspace) == nil)
        #expect(try await store.list(query, in: open.scope).total == 7)
        #expect(try await store.keepList(of: open.scope.workspace, documentsMin: 8) == nil)
        try await store.keepList(of: open.scope.workspace)
        #expect(try await store.keptListing(query, in: open.scope.workspace)?.total == 7)
        for row in try await open.store.list(query, in: open.scope).items.prefix(4) {
            try await open.store.deleteDocument(row.id, in: open.scope)
        }
        #expect(try await store.keptListing(query, in: open.scope.workspace)?.total == 3)
        try await store.tendLists(within: 1 << 20, documentsMin: 0)
        #expect(store.lists.list(of: open.scope.workspace) == nil)
    }

    @Test func `fetching a workspace ends when the server stops, and the workspace is not refused for that`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        try await open.upload("a")
        let store = SQLStore(open.database)
        _ = store.lists.tend()
        store.lists.wish(for: open.scope.workspace)
        let tending = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.tendLists(within: 1 << 20, documentsMin: 0)
        }
        await #expect(throws: CancellationError.self) { try await tending.value }
        #expect(store.lists.tend().wished == [open.scope.workspace])
        try await store.tendLists(within: 1 << 20, documentsMin: 0)
        #expect(store.lists.list(of: open.scope.workspace) != nil)
    }

    @Test func `no more memory is taken than is given, and what was refused is not tried again at once`() async throws {
        let open = try await StoreDriver.sqliteInMemory.openEmpty()
        for index in 0..<50 { try await open.upload("\(index)") }
        let store = SQLStore(open.database)
        try await store.tendLists(within: 0)
        store.lists.wish(for: open.scope.workspace)
        #expect(store.lists.tend().wished.isEmpty, "nobody tends: nothing is wished for")
        store.lists.wish(for: open.scope.workspace)
        try await store.tendLists(within: 100, documentsMin: 0)
        #expect(store.lists.list(of: open.scope.workspace) == nil)
        store.lists.wish(for: open.scope.workspace)
        #expect(store.lists.tend().wished.isEmpty)
        // One that grows beyond what is given goes.
        try await store.keepList(of: open.scope.workspace)
        #expect(store.lists.list(of: open.scope.workspace) != nil)
        try await store.tendLists(within: 100, documentsMin: 0)
        #expect(store.lists.list(of: open.scope.workspace) == nil)
    }
}
