import ColophonCore

extension SQLConnection {
    /// Documents as lists show them, in the order in which they are named; those that are not there are left out.
    ///
    /// - Complexity: O(`ids.count`), by keys.
    func documentRows(_ ids: [DocumentID], in workspace: WorkspaceID) throws -> [DocumentRow] {
        try ids.tables.flatMap { try someRows(Array($0), in: workspace) }
    }

    /// A living document.
    func documentRow(_ id: DocumentID, in workspace: WorkspaceID) throws -> DocumentRow {
        guard let row = try documentRows([id], in: workspace).first, row.deletedAt == nil else { throw ColophonError.unknownDocument() }
        return row
    }

    private func someRows(_ ids: [DocumentID], in workspace: WorkspaceID) throws -> [DocumentRow] {
        if ids.isEmpty { return [] }
        let page = SQLTable(dialect, "page", [("document_id", .text)], ids.map { [.id($0)] })
        let files = try rows(
            """
            \(page.sql) SELECT files.*, api_keys.name AS uploader_name FROM page CROSS JOIN files
            LEFT JOIN api_keys ON api_keys.id = substr(files.uploader, 5) AND files.uploader LIKE 'key:%'
            WHERE files.workspace_id = ? AND files.id = page.document_id
            """, page.values + [.id(workspace)])
        if files.isEmpty { return [] }
        let newest = SQLTable(
            dialect, "page", [("document_id", .text), ("run_no", .integer)],
            try files.map { [.text(try $0.text("id")), .integer(try $0.integer("run_count"))] })
        let runs = try rows(
            """
            \(newest.sql) SELECT \(RunColumns.all) FROM page CROSS JOIN runs
            WHERE runs.workspace_id = ? AND runs.document_id = page.document_id AND runs.run_no = page.run_no
            """, newest.values + [.id(workspace)]
        ).map(Run.init(row:))
        let tags = try rows(
            """
            \(page.sql) SELECT tags.document_id AS document_id, tags.tag AS tag FROM page CROSS JOIN tags
            WHERE tags.workspace_id = ? AND tags.document_id = page.document_id
            """, page.values + [.id(workspace)])
        // Places, not the things themselves: those are large.
        let fileOf = Dictionary(try files.enumerated().map { (try $1.id("id", as: DocumentID.self), $0) }) { first, _ in first }
        let runOf = Dictionary(runs.enumerated().map { ($1.documentID, $0) }) { first, _ in first }
        var tagsOf: [DocumentID: [String]] = [:]
        for tag in tags { tagsOf[try tag.id("document_id"), default: []].append(try tag.text("tag")) }
        return try ids.compactMap { id in
            try fileOf[id].map { file in
                try DocumentRow(row: files[file], run: runOf[id].map { runs[$0] }, tags: DocumentTag.sorted(tagsOf[id, default: []]))
            }
        }
    }
}

extension DocumentRow {
    /// - Parameter row: Of `files`, with `uploader_name`.
    fileprivate init(row: SQLRow, run: Run?, tags: [String]) throws {
        let uploader = try row.text("uploader")
        let name = try row.optionalText("uploader_name") ?? (uploader.hasPrefix("session:") ? "anonymous" : uploader)
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace_id"), name: try row.text("name"),
            contentType: try row.text("content_type"), fileType: try row.word("file_type"), byteSize: try row.integer("byte_size"),
            versionNumber: try row.int("version_count"), metadata: DocumentMetadata(stored: try row.text("metadata")),
            source: try row.word("source"), uploader: Uploader(id: uploader, name: name), tags: tags,
            createdAt: try row.time("created_at"), updatedAt: try row.time("edited_at"), activityAt: try row.time("active_at"),
            lastRunAt: try row.optionalTime("last_run_at"), deletedAt: try row.optionalTime("deleted_at"),
            deletedBy: try row.optionalText("deleted_by"), lastRun: run, currentRunID: try row.optionalID("current_run_id"))
    }
}
