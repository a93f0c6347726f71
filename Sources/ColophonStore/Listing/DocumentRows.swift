import ColophonCore

extension SQLConnection {
    /// Documents as lists show them, in the order in which they are named; those that are not there are left out.
    ///
    /// - Parameter tags: Those of each document, by its place among the ids, where they are known already.
    /// - Complexity: O(`ids.count`), by keys.
    func documentRows(_ ids: [DocumentID], tags: [[String]]? = nil, in workspace: WorkspaceID) throws -> [DocumentRow] {
        try ids.tables.flatMap { ids in try someRows(Array(ids), tags: tags.map { Array($0[ids.indices]) }, in: workspace) }
    }

    /// A living document.
    func documentRow(_ id: DocumentID, in workspace: WorkspaceID) throws -> DocumentRow {
        guard let row = try documentRows([id], in: workspace).first, row.deletedAt == nil else { throw ColophonError.unknownDocument() }
        return row
    }

    private func someRows(_ ids: [DocumentID], tags: [[String]]?, in workspace: WorkspaceID) throws -> [DocumentRow] {
        if ids.isEmpty { return [] }
        let page = SQLTable(dialect, "page", [("document_id", .text)], ids.map { [.id($0)] })
        let files = try rows(
            """
            \(page.sql) SELECT \(DocumentRow.columns), \(RunColumns.part)
            FROM page CROSS JOIN files
            LEFT JOIN api_keys ON api_keys.id = substr(files.uploader, 5) AND files.uploader LIKE 'key:%'
            LEFT JOIN runs ON runs.workspace_id = files.workspace_id AND runs.document_id = files.id AND runs.run_no = files.run_count
            WHERE files.workspace_id = ? AND files.id = page.document_id
            """, page.values + [.id(workspace)])
        let runs = files.part(RunColumns.prefix)
        // Places, not the things themselves: those are large.
        let fileOf = Dictionary(try files.enumerated().map { (try $1.id("id", as: DocumentID.self), $0) }) { first, _ in first }
        let tags = try tags ?? self.tags(of: ids, page, in: workspace)
        return try zip(ids, tags).compactMap { id, tags in
            try fileOf[id].map { file in
                let run = try runs[file].optionalText("id").map { _ in try Run(row: runs[file]) }
                return try DocumentRow(row: files[file], run: run, tags: DocumentTag.sorted(tags))
            }
        }
    }

    private func tags(of ids: [DocumentID], _ page: SQLTable, in workspace: WorkspaceID) throws -> [[String]] {
        let rows = try rows(
            """
            \(page.sql) SELECT tags.document_id AS document_id, tags.tag AS tag FROM page CROSS JOIN tags
            WHERE tags.workspace_id = ? AND tags.document_id = page.document_id
            """, page.values + [.id(workspace)])
        var tagsOf: [DocumentID: [String]] = [:]
        for row in rows { tagsOf[try row.id("document_id"), default: []].append(try row.text("tag")) }
        return ids.map { tagsOf[$0, default: []] }
    }
}

extension DocumentRow {
    /// What `init(row:run:tags:)` reads.
    fileprivate static let columns = """
        files.id, files.workspace_id, files.name, files.content_type, files.file_type, files.byte_size, files.version_count, files.metadata,
        files.source, files.uploader, files.created_at, files.edited_at, files.active_at, files.last_run_at, files.deleted_at,
        files.deleted_by, files.current_run_id, api_keys.name AS uploader_name
        """

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
