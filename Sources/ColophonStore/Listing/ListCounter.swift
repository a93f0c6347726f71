import ColophonCore

/// Counts what a list's filters hold for: all of it, whatever the page.
struct ListCounter {
    let connection: any SQLConnection
    let match: ListMatch
    let workspace: WorkspaceID

    private var dialect: SQLDialect { connection.dialect }

    /// - Parameter few: Where the documents are found, if they are few.
    func total(_ few: ListSource?) throws -> Int {
        if few == nil, match.words == nil, match.parts.count == 1, let source = match.parts[0].source, source.isExact {
            return try number("SELECT count(*) AS number FROM (" + source.queries[0] + ") AS ids")
        }
        return try number(found(few) + "SELECT count(*) AS number FROM " + matching(few))
    }

    /// - Parameter few: Where the documents are found, if they are few.
    func facets(_ few: ListSource?) throws -> DocumentFacets {
        let columns = try match.isAll ? eachColumn() : allColumns(few)
        let living = try livingRuns(few)
        let ended = columns["last_outcome"] ?? [:]
        let count = (columns["file_type"] ?? [:]).values.reduce(0, +)
        var phases: [String: Int] = [:]
        for (outcome, count) in ended where outcome != RunStatus.uploaded.rawValue { phases[outcome] = count }
        phases[LastRunPhase.queued.rawValue] = living[RunStatus.queued.rawValue]
        phases[LastRunPhase.running.rawValue] = living[RunStatus.processing.rawValue]
        let succeeded = count - ended.values.reduce(0, +) - living.values.reduce(0, +)
        phases[LastRunPhase.succeeded.rawValue] = succeeded > 0 ? succeeded : nil
        return DocumentFacets(
            lastRunPhase: DocumentFacets.ordered(phases), fileType: DocumentFacets.ordered(columns["file_type"] ?? [:]),
            tags: try tags(few),
            source: DocumentFacets.ordered(columns["source"] ?? [:]),
            uploaderId: Array(DocumentFacets.ordered(columns["uploader"] ?? [:]).prefix(DocumentFacets.uploadersMax)))
    }

    // MARK: Statements

    private func found(_ few: ListSource?) -> SQLFragment {
        few.map { "WITH found AS MATERIALIZED (" + $0.distinct + ") " } ?? SQLFragment("")
    }

    /// The matching documents, to stand behind FROM.
    ///
    /// - Parameter other: Another table that is joined to them, with how.
    private func matching(_ few: ListSource?, with other: (table: String, on: String)? = nil) -> SQLFragment {
        let join = other.map { " CROSS JOIN \($0.table)" } ?? ""
        let on = other.map { " AND \($0.on)" } ?? ""
        let start =
            few == nil
            ? SQLFragment("files\(dialect.indexed(by: index))\(join) WHERE files.workspace_id = ? AND ", [.id(workspace)])
            : SQLFragment("found CROSS JOIN files\(join) WHERE files.workspace_id = ? AND files.id = found.id AND ", [.id(workspace)])
        return start + match.condition + on
    }

    private var index: String { match.lifecycle == .active ? "files_newest" : "files_removed" }

    private func number(_ statement: SQLFragment) throws -> Int { try connection.rows(varying: statement).first?.int("number") ?? 0 }

    private static let facetColumns = [
        ("file_type", "files_by_type"), ("source", "files_by_source"), ("uploader", "files_by_uploader"),
    ]

    /// Of all living documents: each column by its own index.
    private func eachColumn() throws -> [String: [String: Int]] {
        var counts: [String: [String: Int]] = [:]
        func count(_ column: String, _ index: String, _ condition: String) throws {
            let rows = try connection.rows(
                varying: SQLFragment(
                    """
                    SELECT \(column) AS value, count(*) AS number FROM files\(dialect.indexed(by: index))
                    WHERE workspace_id = ? AND deleted_at IS NULL\(condition) GROUP BY \(column)
                    """, [.id(workspace)]))
            counts[column] = Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("value"), try $0.int("number")) })
        }
        for (column, index) in Self.facetColumns { try count(column, index, "") }
        try count("last_outcome", "files_by_outcome", " AND last_outcome IS NOT NULL")
        return counts
    }

    /// Of some documents: all columns in one go.
    private func allColumns(_ few: ListSource?) throws -> [String: [String: Int]] {
        let columns = Self.facetColumns.map(\.0) + ["last_outcome"]
        let list = columns.map { "files.\($0)" }.joined(separator: ", ")
        let named = columns.map { "files.\($0) AS \($0)" }.joined(separator: ", ")
        let rows = try connection.rows(
            varying: found(few) + "SELECT \(named), count(*) AS number FROM " + matching(few) + " GROUP BY \(list)")
        var counts: [String: [String: Int]] = [:]
        for row in rows {
            for column in columns {
                if let value = try row.optionalText(column) { counts[column, default: [:]][value, default: 0] += try row.int("number") }
            }
        }
        return counts
    }

    /// How many of the newest runs wait or are processed, by status: each has a job.
    private func livingRuns(_ few: ListSource?) throws -> [String: Int] {
        if match.lifecycle == .deleted { return [:] }
        var counts: [String: Int] = [:]
        for (state, index) in [("due", "jobs_due"), ("leased", "jobs_leased")] {
            let statement =
                SQLFragment(
                    """
                    SELECT runs.status AS status, count(*) AS number FROM jobs\(dialect.indexed(by: index)) CROSS JOIN runs CROSS JOIN files
                    WHERE jobs.type = '\(JobType.extract)' AND jobs.workspace_id = ? AND jobs.state = '\(state)'
                        AND runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
                        AND files.workspace_id = runs.workspace_id AND files.id = runs.document_id AND files.run_count = runs.run_no AND 
                    """, [.id(workspace)]) + match.condition + " GROUP BY runs.status"
            for row in try connection.rows(varying: statement) { counts[try row.text("status"), default: 0] += try row.int("number") }
        }
        return counts
    }

    private func tags(_ few: ListSource?) throws -> [DocumentFacets.Count] {
        let order = " GROUP BY tags.tag ORDER BY number DESC, tag LIMIT \(DocumentFacets.tagsMax)"
        let counted: SQLFragment
        if match.isAll {
            counted =
                SQLFragment(
                    """
                    SELECT tags.tag AS tag, count(*) AS number FROM tags\(dialect.indexed(by: "tags_live"))
                    WHERE tags.workspace_id = ? AND tags.is_live = 1
                    """, [.id(workspace)]) + order
        } else {
            let join = ("tags", "tags.workspace_id = files.workspace_id AND tags.document_id = files.id")
            counted = found(few) + "SELECT tags.tag AS tag, count(*) AS number FROM " + matching(few, with: join) + order
        }
        return try connection.rows(varying: counted).map { DocumentFacets.Count(try $0.text("tag"), try $0.int("number")) }
    }
}

extension DocumentFacets {
    static let empty = DocumentFacets(lastRunPhase: [], fileType: [], tags: [], source: [], uploaderId: [])

    static func ordered(_ counts: some Sequence<(key: String, value: Int)>) -> [Count] {
        counts.map { Count($0.key, $0.value) }.sorted {
            $0.count == $1.count ? $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) : $0.count > $1.count
        }
    }
}
