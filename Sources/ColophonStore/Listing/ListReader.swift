import ColophonCore

/// Answers one query over one snapshot.
///
/// A page is walked or gathered. To walk is to go along the index of the sort's first column and to look at each document, until there are
/// enough: soon, where what the filters ask for is common. To gather is to take all documents that a filter's index names, and to sort them:
/// soon, where they are few. Which of the two is decided by counting a filter's index entries, up to as many as gathering is worth.
struct ListReader {
    let connection: any SQLConnection
    let query: DocumentQuery
    let workspace: WorkspaceID
    /// How many documents are worth gathering, for tests; nil for what `gatherMax` says.
    let gatherLimit: Int?

    init(connection: any SQLConnection, query: DocumentQuery, workspace: WorkspaceID, gatherLimit: Int? = nil) {
        self.connection = connection
        self.query = query
        self.workspace = workspace
        self.gatherLimit = gatherLimit
    }

    /// How many documents are worth gathering: as many as take as long as walking does, where so many among a million are looked for.
    ///
    /// To look at one document takes some microseconds when it lies anywhere, and a fraction of one when it lies beside the last.
    private func gatherMax(_ source: ListSource, _ match: ListMatch, _ order: ListOrdering) -> Int {
        if let gatherLimit { return gatherLimit }
        // All that is asked is in the index.
        if let column = source.range?.column, column.isLiveTime, match.asksLiveTimesAlone,
            order.columns.allSatisfy({ $0.column.isLiveTime || $0.column == .id })
        {
            return 60_000
        }
        let perRoot = (order.first.column.followsTable ? 350.0 : 800) * (source.rows == nil ? 0.7 : 1)
        return Int(perRoot * Double(query.limit + 1).squareRoot())
    }

    private var dialect: SQLDialect { connection.dialect }

    func listing() throws -> DocumentListing {
        let match = try ListMatch(query, in: workspace, dialect)
        var keys: [SQLRow] = []
        var total: Int?
        var facets: DocumentFacets?
        if match.isNone {
            total = query.includeTotal ? 0 : nil
            facets = query.includeFacets ? .empty : nil
        } else {
            let order = ListOrdering(query.sort, lifecycle: query.lifecycle)
            keys = try page(match, order, after: query.cursor.map(ListPlace.init), count: query.limit + 1)
            let counter = ListCounter(connection: connection, match: match, workspace: workspace)
            let few = query.includeTotal || query.includeFacets ? try few(match.parts.compactMap(\.source), match, order) : nil
            if query.includeTotal { total = try counter.total(few) }
            if query.includeFacets { facets = try counter.facets(few) }
        }
        let hasMore = keys.count > query.limit
        keys = Array(keys.prefix(query.limit))
        let items = try connection.documentRows(try keys.map { try $0.id("id") }, in: workspace)
        return DocumentListing(
            items: items, hasMore: hasMore, nextCursor: try hasMore ? keys.last.map(cursor(after:)) : nil, total: total, facets: facets,
            changesCursor: try connection.feedPosition(of: workspace).head)
    }

    private func cursor(after last: SQLRow) throws -> String {
        let values = try query.sort.map { key -> SortValue in
            switch try last.value(ListColumn(key.id).rawValue) {
            case .integer(let value): .integer(value)
            case .text(let value): .text(value)
            default: .null
            }
        }
        return try DocumentCursor(sort: query.sort, values: values, id: try last.id("id")).text
    }

    /// The next documents of the order, at most so many: their ids and what they are sorted by.
    private func page(_ match: ListMatch, _ order: ListOrdering, after place: ListPlace?, count: Int) throws -> [SQLRow] {
        if order.first.column == .source && !order.isOfIndex {
            return try pageBySource(match, order, after: place, count: count)
        }
        if match.lifecycle == .deleted {
            if order.first.column == .deletedAt { return try walk(match, order, after: place, count: count) }
            return try gather(.deleted(in: workspace, dialect), match, order, after: place, count: count)
        }
        // What the walk keeps to by its index needs no counting.
        let (sources, fixed) = (match.parts.compactMap(\.source), fixed(match, order))
        let others = sources.filter { $0.range?.column != order.first.column && (fixed == nil || $0.fixed?.index != fixed?.index) }
        if let source = try few(others, match, order) { return try gather(source, match, order, after: place, count: count) }
        return try walk(match, order, after: place, count: count)
    }

    /// A few words that very many documents have: each word's documents are a list of their own.
    private func pageBySource(_ match: ListMatch, _ order: ListOrdering, after place: ListPlace?, count: Int) throws -> [SQLRow] {
        var words = DocumentSource.allCases.map(\.rawValue).sorted()
        if order.first.isDescending { words.reverse() }
        var place = place
        if let place, case .text(let last) = place.values[.source] {
            words = Array(words.drop { order.first.isDescending ? $0 > last : $0 < last })
        }
        var found: [SQLRow] = []
        for word in words where found.count < count {
            var narrowed = match
            narrowed.add(try ListCondition(DocumentFilter(.source, .isAmong([word], isNegated: false)), in: workspace, dialect))
            if match.lifecycle == .deleted { narrowed.parts[narrowed.parts.count - 1].source = nil }
            // The place is in the first of them.
            let start = place.flatMap { $0.values[.source] == .text(word) ? $0 : nil }
            found += try page(narrowed, order.rest, after: start, count: count - found.count)
            place = nil
        }
        return found
    }

    /// The value by whose index a list by time of creation is walked along.
    private func fixed(_ match: ListMatch, _ order: ListOrdering) -> ListSource.Fixed? {
        guard order.first.column == .createdAt else { return nil }
        // The first of these is the least common, as a rule.
        let indexes = ["files_by_outcome", "files_by_uploader", "files_by_type"]
        let all = match.parts.compactMap { $0.source?.fixed }
        return indexes.lazy.compactMap { index in all.first { $0.index == index } }.first
    }

    /// The filter's source with the fewest documents, if they are few enough to be gathered.
    private func few(_ sources: [ListSource], _ match: ListMatch, _ order: ListOrdering) throws -> ListSource? {
        var best: (source: ListSource, count: Int)?
        for source in sources.sorted(by: { ($0.count ?? .max) < ($1.count ?? .max) }) {
            let gatherMax = gatherMax(source, match, order)
            let count = try source.count ?? self.count(source, upTo: gatherMax + 1)
            if count <= gatherMax, count < best?.count ?? .max { best = (source, count) }
            if let best, best.count <= query.limit { break }
        }
        return best?.source
    }

    private func count(_ source: ListSource, upTo most: Int) throws -> Int {
        let ids = SQLFragment.joined(source.queries.map { "SELECT id FROM (" + $0 + ") AS part" }, by: " UNION ALL ")
        let counted = "SELECT count(*) AS number FROM (SELECT id FROM (" + ids + ") AS ids LIMIT \(most)) AS counted"
        return try connection.rows(varying: counted).first?.int("number") ?? 0
    }

    // MARK: Statements

    /// The sort's columns, which the next page goes on from.
    private func columns(of table: String) -> String {
        let names = query.sort.map { ListColumn($0.id).rawValue }.filter { $0 != "id" }
        return (["id"] + names).map { "\(table).\($0) AS \($0)" }.joined(separator: ", ")
    }

    private func walk(_ match: ListMatch, _ order: ListOrdering, after place: ListPlace?, count: Int) throws -> [SQLRow] {
        let sources = match.parts.compactMap(\.source)
        let fixed = fixed(match, order)
        let ranges = sources.compactMap { $0.range?.implied(of: order.first.column) }.map { $0.condition(on: $0.column.sql) }
        let bounds = ranges + (fixed.map { [$0.condition] } ?? [])
        let index = fixed?.index ?? order.first.column.index
        var found: [SQLRow] = []
        for piece in order.pieces(after: place) where found.count < count {
            let conditions = SQLFragment.joined(
                [SQLFragment("files.workspace_id = ?", [.id(workspace)])] + bounds + piece.conditions + [match.condition], by: " AND ")
            let statement =
                "SELECT \(columns(of: "files")) FROM files\(dialect.indexed(by: index)) WHERE " + conditions + " ORDER BY " + piece.order
                + " LIMIT \(Self.rounded(count - found.count))"
            found += try connection.rows(varying: statement).prefix(count - found.count)
        }
        return found
    }

    private func gather(
        _ source: ListSource, _ match: ListMatch, _ order: ListOrdering, after place: ListPlace?, count: Int
    ) throws -> [SQLRow] {
        let behind = place.map { " AND " + order.behind($0) } ?? SQLFragment("")
        var kept = SQLFragment("SELECT \(columns(of: "files")) FROM ")
        var found = SQLFragment("")
        if let rows = source.rows {
            kept = kept + SQLFragment("files\(dialect.indexed(by: rows.index)) WHERE files.workspace_id = ? AND ", [.id(workspace)])
            kept = kept + rows.condition
        } else {
            found = "found AS MATERIALIZED (" + source.distinct + "), "
            kept = kept + SQLFragment("found CROSS JOIN files WHERE files.workspace_id = ? AND files.id = found.id", [.id(workspace)])
        }
        kept = kept + " AND " + match.condition + behind
        let statement =
            "WITH " + found + "kept AS MATERIALIZED (" + kept + ") SELECT * FROM kept ORDER BY \(order.words(of: "kept"))"
            + " LIMIT \(Self.rounded(count))"
        return Array(try connection.rows(varying: statement).prefix(count))
    }

    /// A limit stands in the statement itself: PostgreSQL takes one that it does not know for a tenth of the table. Few differ.
    private static func rounded(_ count: Int) -> Int { [2, 11, 51, 101, 201].first { $0 >= count } ?? count }
}
