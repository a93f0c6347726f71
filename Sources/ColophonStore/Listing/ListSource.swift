import ColophonCore

/// Where the live documents of a filter are found by an index.
struct ListSource {
    /// Queries whose answers together are the documents' ids, as `id`; one document may be found several times.
    var queries: [SQLFragment]
    /// Whether no other documents are found and each once, so that counting them counts the filter's.
    var isExact = false
    /// How many there are, where that is known without looking.
    var count: Int?
    /// The bounds of one column, where that is all: whoever walks along its index keeps to them.
    var range: ListRange?
    /// The rows of `files` themselves, where an index of theirs is all that is asked; then there is one query.
    var rows: Rows?
    /// The one value of a column whose index goes on with the time of creation.
    var fixed: Fixed?

    /// What bounds the rows, by an index.
    struct Rows {
        var condition: SQLFragment
        var index: String
    }

    /// A column with one value, and the index of (workspace, this column, created_at, id).
    struct Fixed {
        var condition: SQLFragment
        var index: String
    }

    /// The ids, each once.
    var distinct: SQLFragment {
        if queries.count == 1 && isExact { return queries[0] }
        // Of one query UNION does what DISTINCT would.
        let all = SQLFragment.joined(queries.map { "SELECT id FROM (" + $0 + ") AS part" }, by: " UNION ")
        return queries.count == 1 ? "SELECT DISTINCT id FROM (" + queries[0] + ") AS part" : all
    }

    /// Every deleted document whose bytes are still kept.
    static func deleted(in workspace: WorkspaceID, _ dialect: SQLDialect) -> ListSource {
        let query = SQLFragment(
            """
            SELECT files.id AS id FROM files\(dialect.indexed(by: "files_removed"))
            WHERE files.workspace_id = ? AND files.deleted_at IS NOT NULL AND files.purged_at IS NULL
            """, [.id(workspace)])
        return ListSource(queries: [query], isExact: true)
    }

    static func ids(_ ids: [String], _ dialect: SQLDialect) throws -> ListSource {
        let query: SQLFragment
        switch dialect {
        case .postgres: query = SQLFragment("SELECT unnest(CAST(? AS TEXT[])) AS id", [.list(ids.map(SQLValue.text), .text)])
        case .sqlite: query = SQLFragment("SELECT value AS id FROM json_each(?)", [.text(try SQLFragment.json(ids))])
        }
        return ListSource(queries: [query], count: ids.count)
    }

    static func texts(
        _ column: String, _ texts: [String], by index: String, in workspace: WorkspaceID, _ dialect: SQLDialect
    ) throws -> ListSource {
        let single = texts.count == 1 ? texts.first : nil
        let condition =
            try single.map { SQLFragment("files.\(column) = ?", [.text($0)]) } ?? dialect.isAmong("files.\(column)", texts)
        let goesOn = index == "files_by_type" || index == "files_by_uploader"
        return ListSource(
            queries: [live(by: index, condition, in: workspace, dialect)], isExact: true,
            rows: Rows(condition: condition, index: index), fixed: single != nil && goesOn ? Fixed(condition: condition, index: index) : nil
        )
    }

    static func range(_ range: ListRange, in workspace: WorkspaceID, _ dialect: SQLDialect) -> ListSource {
        let condition = range.condition(on: range.column.sql)
        let query = live(by: range.column.index, condition, in: workspace, dialect)
        return ListSource(queries: [query], isExact: true, range: range, rows: Rows(condition: condition, index: range.column.index))
    }

    /// Names that begin as the pattern does; nil when it begins with any character.
    static func prefix(of pattern: String, in workspace: WorkspaceID, _ dialect: SQLDialect) -> ListSource? {
        let prefix = String(pattern.prefix { $0 != "%" })
        if prefix.isEmpty { return nil }
        // No name holds the last of all characters, which is none.
        let condition = SQLFragment("files.name_key >= ? AND files.name_key < ?", [.text(prefix), .text(prefix + "\u{10FFFF}")])
        return ListSource(
            queries: [live(by: "files_by_name", condition, in: workspace, dialect)],
            rows: Rows(condition: condition, index: "files_by_name"))
    }

    static func tags(_ tags: [String], in workspace: WorkspaceID, _ dialect: SQLDialect) throws -> ListSource {
        let condition = tags.count == 1 ? SQLFragment("tags.tag = ?", [.text(tags[0])]) : try dialect.isAmong("tags.tag", tags)
        return ListSource(queries: [liveTags(" AND " + condition, in: workspace, dialect)], isExact: tags.count == 1)
    }

    static func anyTag(in workspace: WorkspaceID, _ dialect: SQLDialect) -> ListSource {
        ListSource(queries: [liveTags(SQLFragment(""), in: workspace, dialect)])
    }

    /// Documents whose newest run has ended in these ways, and those with any run of these statuses.
    static func phases(
        outcomes: [String], statuses: [String], in workspace: WorkspaceID, _ dialect: SQLDialect
    ) throws -> ListSource {
        var queries: [SQLFragment] = []
        var (fixed, rows): (Fixed?, Rows?)
        if !outcomes.isEmpty {
            let single = outcomes.count == 1 ? outcomes.first : nil
            var condition =
                try single.map { SQLFragment("files.last_outcome = ?", [.text($0)]) } ?? dialect.isAmong("files.last_outcome", outcomes)
            condition.sql += " AND files.last_outcome IS NOT NULL"
            queries.append(live(by: "files_by_outcome", condition, in: workspace, dialect))
            if statuses.isEmpty { rows = Rows(condition: condition, index: "files_by_outcome") }
            if single != nil && statuses.isEmpty { fixed = Fixed(condition: condition, index: "files_by_outcome") }
        }
        if statuses.contains(RunStatus.queued.rawValue) {
            queries.append(jobs("due", dialect.indexed(by: "jobs_due"), in: workspace))
        }
        if statuses.contains(RunStatus.processing.rawValue) {
            queries.append(jobs("leased", dialect.indexed(by: "jobs_leased"), in: workspace))
        }
        return ListSource(queries: queries, isExact: statuses.isEmpty, rows: rows, fixed: fixed)
    }

    /// Documents whose newest run is not complete: all that have no complete run are among them.
    static func unfinished(in workspace: WorkspaceID, _ dialect: SQLDialect) throws -> ListSource {
        let ended: [RunStatus] = [.uploaded, .failed, .cancelled]
        let living: [RunStatus] = [.queued, .processing]
        var source = try phases(outcomes: ended.map(\.rawValue), statuses: living.map(\.rawValue), in: workspace, dialect)
        source.isExact = false
        return source
    }

    private static func live(
        by index: String, _ condition: SQLFragment, in workspace: WorkspaceID, _ dialect: SQLDialect
    ) -> SQLFragment {
        SQLFragment(
            "SELECT files.id AS id FROM files\(dialect.indexed(by: index)) WHERE files.workspace_id = ? AND files.deleted_at IS NULL AND ",
            [.id(workspace)]) + condition
    }

    private static func liveTags(_ condition: SQLFragment, in workspace: WorkspaceID, _ dialect: SQLDialect) -> SQLFragment {
        SQLFragment(
            "SELECT tags.document_id AS id FROM tags\(dialect.indexed(by: "tags_live")) WHERE tags.workspace_id = ? AND tags.is_live = 1",
            [.id(workspace)]) + condition
    }

    private static func jobs(_ state: String, _ indexed: String, in workspace: WorkspaceID) -> SQLFragment {
        SQLFragment(
            """
            SELECT runs.document_id AS id FROM jobs\(indexed) CROSS JOIN runs
            WHERE jobs.type = '\(JobType.extract)' AND jobs.workspace_id = ? AND jobs.state = '\(state)'
                AND runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
            """, [.id(workspace)])
    }
}

/// The bounds of a column, both included; nil is none.
struct ListRange {
    var column: ListColumn
    var least: Int64?
    var most: Int64?

    /// What it says of another column, by the order of a document's times; nil when that is nothing.
    func implied(of other: ListColumn) -> ListRange? {
        let range = ListRange(
            column: other, least: column.comesBefore(other) ? least : nil, most: other.comesBefore(column) ? most : nil)
        return range.least == nil && range.most == nil ? nil : range
    }

    /// - Parameter expression: The column, plain or hidden from indexes.
    func condition(on expression: String) -> SQLFragment {
        let parts = [
            least.map { SQLFragment("\(expression) >= ?", [.integer($0)]) }, most.map { SQLFragment("\(expression) <= ?", [.integer($0)]) },
        ]
        return .joined(parts.compactMap { $0 }, by: " AND ")
    }
}
