import ColophonCore

/// What lists ask of a document, and sort it by.
struct KeptRow: Sendable {
    var id: String
    var nameKey: String
    var createdAt: Int64
    var editedAt: Int64
    var activeAt: Int64
    var lastRunAt: Int64?
    var byteSize: Int64
    var source: String
    var fileType: String
    var uploader: String
    /// How the newest run stands; nil when it waits to be started.
    var phase: String?
    var hasOutput: Bool
    /// Sorted.
    var tags: [String]
}

extension SQLConnection {
    /// The living ones of some documents.
    ///
    /// - Complexity: O(`ids.count`), by keys.
    func keptRows(_ ids: [String], in workspace: WorkspaceID) throws -> [KeptRow] {
        try ids.tables.flatMap { try someKeptRows($0, in: workspace) }
    }

    private func someKeptRows(_ ids: ArraySlice<String>, in workspace: WorkspaceID) throws -> [KeptRow] {
        let page = SQLTable(dialect, "page", [("document_id", .text)], ids.map { [.text($0)] })
        let files = try rows(
            """
            \(page.sql) SELECT f.id, f.name_key, f.created_at, f.edited_at, f.active_at, f.last_run_at, f.byte_size, f.source, f.file_type,
                f.uploader, CASE WHEN f.current_run_id IS NULL THEN 0 ELSE 1 END AS has_output, r.status, r.step
            FROM page CROSS JOIN files f
            LEFT JOIN runs r ON r.workspace_id = f.workspace_id AND r.document_id = f.id AND r.run_no = f.run_count
            WHERE f.workspace_id = ? AND f.id = page.document_id AND f.deleted_at IS NULL
            """, page.values + [.id(workspace)])
        let tags = try rows(
            """
            \(page.sql) SELECT tags.document_id, tags.tag FROM page CROSS JOIN tags
            WHERE tags.workspace_id = ? AND tags.document_id = page.document_id
            """, page.values + [.id(workspace)])
        var tagsOf: [String: [String]] = [:]
        for row in tags { tagsOf[try row.text("document_id"), default: []].append(try row.text("tag")) }
        return try files.map { row in
            let id = try row.text("id")
            let status = try row.optionalText("status").map { _ in try row.word("status", as: RunStatus.self) }
            return KeptRow(
                id: id, nameKey: try row.text("name_key"), createdAt: try row.integer("created_at"),
                editedAt: try row.integer("edited_at"), activeAt: try row.integer("active_at"),
                lastRunAt: try row.optionalInteger("last_run_at"), byteSize: try row.integer("byte_size"),
                source: try row.text("source"), fileType: try row.text("file_type"), uploader: try row.text("uploader"),
                phase: try status.flatMap { RunWords(status: $0, step: try row.word("step")).lastRun },
                hasOutput: try row.int("has_output") == 1, tags: tagsOf[id, default: []].sorted())
        }
    }
}
