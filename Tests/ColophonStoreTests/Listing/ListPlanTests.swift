import ColophonCore
import ColophonProcesses
import ColophonTestSupport
import Testing

@testable import ColophonStore

/// A list takes the index that it is meant to, on both engines: no table is read whole, and nothing is sorted that an index has in order.
@Suite struct ListPlanTests {
    @Test(arguments: [StoreDriver.sqliteFile, .postgres])
    func `every order is walked along its index, from the start and from a cursor`(driver: StoreDriver) async throws {
        let open = try await filled(driver)
        for id in SortKey.ID.allCases {
            for isDescending in [false, true] {
                let sort = [SortKey(id, isDescending: isDescending)]
                var query = try DocumentQuery(limit: 20, sort: sort, lifecycle: id == .deletedAt ? .deleted : .active)
                for _ in 0..<2 {
                    let (listing, plans) = try await plans(of: query, in: open, gathering: 0)
                    #expect(!plans.isEmpty)
                    for plan in plans {
                        #expect(plan.names(ListColumn(id).index), "\(sort): \(plan)")
                        #expect(!plan.sorts && !plan.readsTable, "\(sort): \(plan)")
                    }
                    query.cursor = try listing.nextCursor.map { try DocumentCursor($0, sort: sort) }
                    #expect(query.cursor != nil)
                }
            }
        }
    }

    @Test(arguments: [StoreDriver.sqliteFile, .postgres])
    func `orders of two columns sort no more than what is equal in the first`(driver: StoreDriver) async throws {
        let open = try await filled(driver)
        for first in SortKey.ID.allCases where first != .deletedAt && first != .source {
            for second in [SortKey.ID.name, .id, .byteSize] where second != first {
                let sort = [SortKey(first, isDescending: true), SortKey(second)]
                let (_, plans) = try await plans(of: try DocumentQuery(limit: 20, sort: sort), in: open, gathering: 0)
                #expect(!plans.isEmpty)
                for plan in plans {
                    #expect(plan.names(ListColumn(first).index), "\(sort): \(plan)")
                    #expect(!plan.sortsAll && !plan.readsTable, "\(sort): \(plan)")
                }
            }
        }
    }

    @Test(arguments: [StoreDriver.sqliteFile, .postgres])
    func `every common filter finds its documents by its own index`(driver: StoreDriver) async throws {
        let open = try await filled(driver)
        let filters: [(DocumentFilter, index: String)] = [
            (DocumentFilter(.name, .isAmong(["x"], isNegated: false)), "files_by_name"),
            (DocumentFilter(.name, .isLike("rep%", isNegated: false)), "files_by_name"),
            (DocumentFilter(.lastRunPhase, .isAmong(["failed"], isNegated: false)), "files_by_outcome"),
            (DocumentFilter(.lastRunPhase, .isAmong(["failed", "cancelled"], isNegated: false)), "files_by_outcome"),
            (DocumentFilter(.lastRunPhase, .isAmong(["queued"], isNegated: false)), "jobs_due"),
            (DocumentFilter(.lastRunPhase, .isAmong(["running"], isNegated: false)), "jobs_leased"),
            (DocumentFilter(.lastRunPhase, .isEmpty(true)), "files_by_outcome"),
            (DocumentFilter(.hasOutput, .isTrue(false)), "files_by_outcome"),
            (DocumentFilter(.fileType, .isAmong(["image", "html"], isNegated: false)), "files_by_type"),
            (DocumentFilter(.tags, .isAmong(["finance"], isNegated: false)), "tags_live"),
            (DocumentFilter(.tags, .isAmong(["finance", "50%"], isNegated: false)), "tags_live"),
            (DocumentFilter(.uploaderId, .isAmong(["key:0000000000000001"], isNegated: false)), "files_by_uploader"),
            (DocumentFilter(.source, .isAmong(["manual"], isNegated: false)), "files_by_source"),
            (DocumentFilter(.createdAt, .isBetween(1_700_000_000_000, 1_700_009_000_000, isNegated: false)), "files_newest"),
            (DocumentFilter(.updatedAt, .isBetween(nil, 1_700_009_000_000, isNegated: false)), "files_by_edited"),
            (DocumentFilter(.activityAt, .isBetween(nil, 1_700_009_000_000, isNegated: false)), "files_by_active"),
            (DocumentFilter(.byteSize, .isBetween(1, 1001, isNegated: false)), "files_by_size"),
            (DocumentFilter(.id, .isAmong(["doc-1"], isNegated: false)), "sqlite_autoindex_files_1"),
        ]
        for (filter, index) in filters {
            let sort = [SortKey(filter.id == .name ? .byteSize : .name)]
            let (_, plans) = try await plans(of: try DocumentQuery(limit: 20, sort: sort, filters: [filter]), in: open, gathering: 100_000)
            #expect(plans.contains { $0.names(index) }, "\(filter): \(plans)")
            for plan in plans { #expect(!plan.readsTable, "\(filter): \(plan)") }
        }
    }

    @Test(arguments: [StoreDriver.sqliteFile, .postgres])
    func `values of one type, uploader or end go on in the order of creation by one index`(driver: StoreDriver) async throws {
        let open = try await filled(driver)
        for (id, value, index) in [
            (DocumentFilter.ID.fileType, "pdf", "files_by_type"), (.uploaderId, "", "files_by_uploader"),
            (.lastRunPhase, "failed", "files_by_outcome"),
        ] {
            let query = try DocumentQuery(limit: 5, filters: [DocumentFilter(id, .isAmong([value], isNegated: false))])
            let (_, plans) = try await plans(of: query, in: open)
            #expect(plans.count == 1 && plans[0].names(index) && !plans[0].sorts && !plans[0].readsTable, "\(id): \(plans)")
        }
    }

    @Test(arguments: [StoreDriver.sqliteFile, .postgres])
    func `runs and tags of a workspace are listed by their indexes`(driver: StoreDriver) async throws {
        let open = try await filled(driver)
        let (store, scope) = (SQLStore(RecordingDatabase(open.database)), open.scope)
        _ = try await store.runs(RunQuery(limit: 20), in: scope)
        for status in [RunStatus.failed, .cancelled, .uploaded] {
            _ = try await store.runs(RunQuery(limit: 20, statuses: [status]), in: scope)
        }
        _ = try await store.tags(TagQuery(limit: 20), in: scope)
        let log = (store.database as? RecordingDatabase)?.log
        let plans = try await explain(log?.statements ?? [], in: open)
        for index in ["runs_newest", "runs_failed", "runs_cancelled", "runs_waiting", "tags_live"] {
            #expect(plans.contains { $0.names(index) }, "\(index)")
        }
        for plan in plans { #expect(!plan.sorts && !plan.readsTable, "\(plan)") }
    }

    @Test func `documents are looked up by their keys, not beside a whole table, where somebody has analyzed the database`() async throws {
        let open = try await filled(.sqliteFile)
        let workspace = open.scope.workspace
        let plans = try await open.database.write { transaction in
            _ = try transaction.execute("ANALYZE", [])
            // As of very many documents, which change what an engine expects of a join.
            for (table, index, rows) in [("files", "sqlite_autoindex_files_1", "1"), ("tags", "tags", "1 1")] {
                let changed = try transaction.execute(
                    "UPDATE sqlite_stat1 SET stat = '600000 600000 ' || ? WHERE tbl = ? AND idx = ?",
                    [.text(rows), .text(table), .text(index)])
                try #require(changed == 1)
            }
            _ = try transaction.execute("ANALYZE sqlite_schema", [])
            let recorder = RecordingConnection(transaction, log: StatementLog())
            let ids = try transaction.rows("SELECT id FROM files LIMIT 200", []).map { try $0.text("id") }
            _ = try recorder.keptRows(ids, in: workspace)
            _ = try recorder.documentRows(ids.map(DocumentID.init(rawValue:)), in: workspace)
            return try recorder.log.statements.map { try QueryPlan($0, on: transaction) }
        }
        #expect(plans.count == 4)
        for plan in plans { #expect(!plan.lines.contains { $0.hasPrefix("BLOOM FILTER") } && !plan.readsTable, "\(plan.lines)") }
    }

    // MARK: Help

    /// A store with documents enough for an engine to have a choice, and statistics that say so.
    private func filled(_ driver: StoreDriver) async throws -> OpenStore {
        guard driver == .postgres else {
            let open = try await driver.openEmpty()
            _ = try await ListSample.fill(open, count: 400, seed: 4)
            return open
        }
        let server = try await PostgresServer.shared()
        let url = try await server.emptySchema()
        let clock = ManualClock()
        var settings = PostgresSettings(url: url)
        settings.connections = 2
        settings.clock = clock
        // Plans are made after the statistics.
        settings.planLife = .zero
        let open = try await OpenStore(database: PostgresDatabase.open(settings), clock: clock)
        _ = try await ListSample.fill(open, count: 400, seed: 4)
        for table in ["files", "runs", "jobs", "tags"] {
            try await server.execute("ANALYZE \(PostgresServer.schemaName(in: url)).\(table)")
        }
        return open
    }

    private func plans(
        of query: DocumentQuery, in open: OpenStore, gathering limit: Int? = nil
    ) async throws -> (DocumentListing, [QueryPlan]) {
        let workspace = open.scope.workspace
        let (listing, statements) = try await open.database.walk { connection in
            let recorder = RecordingConnection(connection, log: StatementLog())
            let reader = ListReader(connection: recorder, query: query, workspace: workspace, gatherLimit: limit)
            return (try reader.listing(), recorder.log.statements)
        }
        // What looks up a page's documents by their keys is not asked about.
        return (listing, try await explain(statements.filter(\.isVarying), in: open))
    }

    private func explain(_ statements: [StatementLog.Statement], in open: OpenStore) async throws -> [QueryPlan] {
        try await open.database.walk { connection in try statements.map { try QueryPlan($0, on: connection) } }
    }
}
