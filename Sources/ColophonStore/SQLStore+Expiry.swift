package import ColophonCore

extension SQLStore {
    package func expire(_ kind: RetainedKind, limit: Int) async throws -> Expiry {
        let limit = min(limit, SQLTable.rowsMax)
        return try await database.write { transaction in
            switch kind {
            case .source: try transaction.expireSources(limit: limit)
            case .results: try transaction.expireResults(limit: limit)
            }
        }
    }
}

/// A version or a run whose time has come; its document is locked.
private struct Due {
    var workspace: WorkspaceID
    var document: DocumentID
    var id: String
    var isDeleted: Bool
}

extension SQLTransaction {
    /// Overdue rows that nothing needs, those of documents that somebody else writes just now left out.
    ///
    /// - Parameters:
    ///   - table: `file_versions` or `runs`.
    ///   - condition: What else must hold, as SQL; nil is nothing.
    ///   - number: What orders its rows in a document, so that equals always go in one order.
    private func due(_ table: String, by number: String, where condition: String? = nil, unless needed: String, limit: Int) throws -> [Due]
    {
        try rows(
            """
            SELECT \(table).workspace_id AS workspace_id, \(table).id AS id, files.id AS document_id, files.deleted_at AS deleted_at
            FROM \(table) JOIN files ON files.workspace_id = \(table).workspace_id AND files.id = \(table).document_id
            WHERE \(table).expires_at <= colophon_now() AND \(table).expired_at IS NULL AND NOT \(needed) \(condition.map { "AND \($0)" } ?? "")
            ORDER BY \(table).expires_at, files.id, \(table).\(number) LIMIT ? \(dialect.forUpdateSkippingLocked(of: "files"))
            """, [.int(limit)]
        ).map { row in
            Due(
                workspace: try row.id("workspace_id"), document: try row.id("document_id"), id: try row.text("id"),
                isDeleted: try row.optionalTime("deleted_at") != nil)
        }
    }

    fileprivate func expireSources(limit: Int) throws -> Expiry {
        let due = try due("file_versions", by: "version_no", unless: Needed.source, limit: limit)
        if due.isEmpty { return Expiry(count: 0, blobs: [], bytes: 0) }
        let table = SQLTable(dialect, "due", [("workspace_id", .text), ("id", .text)], due.map { [.id($0.workspace), .text($0.id)] })
        // Asked again now that the documents are locked: a run may have been queued since.
        let expired = try rows(
            """
            \(table.sql) UPDATE file_versions SET expired_at = colophon_now() FROM due
            WHERE file_versions.workspace_id = due.workspace_id AND file_versions.id = due.id AND file_versions.expired_at IS NULL
                AND file_versions.expires_at <= colophon_now() AND NOT \(Needed.source)
            RETURNING file_versions.id AS id, file_versions.version_no AS version_no, file_versions.blob_key AS blob_key,
                file_versions.bytes AS bytes
            """, table.values)
        // Without its bytes a run's document cannot stand for equal uploads. Said so that no index of keys is searched, which would find every
        // run of the workspace.
        _ = try execute(
            """
            \(table.sql) UPDATE runs SET dedupe_key = NULL FROM due
            WHERE runs.workspace_id = due.workspace_id AND runs.version_id = due.id AND coalesce(runs.dedupe_key, '') <> '' AND EXISTS (
                SELECT 1 FROM file_versions WHERE file_versions.workspace_id = due.workspace_id AND file_versions.id = due.id
                AND file_versions.expired_at IS NOT NULL)
            """, table.values)
        let numbers = Dictionary(uniqueKeysWithValues: try expired.map { (try $0.text("id"), try $0.int("version_no")) })
        try tell(of: due.filter { numbers[$0.id] != nil }) { due in
            (nil, ["what": RetainedKind.source.rawValue, "version": "\(numbers[due.id] ?? 0)"])
        }
        return try Expiry(rows: expired, count: expired.count)
    }

    fileprivate func expireResults(limit: Int) throws -> Expiry {
        let due = try due("runs", by: "run_no", where: "runs.status = 'complete'", unless: Needed.results, limit: limit)
        if due.isEmpty { return Expiry(count: 0, blobs: [], bytes: 0) }
        let table = SQLTable(dialect, "due", [("workspace_id", .text), ("id", .text)], due.map { [.id($0.workspace), .text($0.id)] })
        let expired = try rows(
            """
            \(table.sql) UPDATE runs SET expired_at = colophon_now(), dedupe_key = NULL, updated_at = colophon_now() FROM due
            WHERE runs.workspace_id = due.workspace_id AND runs.id = due.id AND runs.expired_at IS NULL AND runs.status = 'complete'
                AND runs.expires_at <= colophon_now() AND NOT \(Needed.results)
            RETURNING runs.id AS id
            """, table.values)
        if expired.isEmpty { return Expiry(count: 0, blobs: [], bytes: 0) }
        let ids = Set(try expired.map { try $0.text("id") })
        let gone = due.filter { ids.contains($0.id) }
        let runs = SQLTable(dialect, "gone", [("workspace_id", .text), ("run_id", .text)], gone.map { [.id($0.workspace), .text($0.id)] })
        let artifacts = try rows(
            """
            \(runs.sql) DELETE FROM artifacts WHERE (workspace_id, run_id) IN (SELECT workspace_id, run_id FROM gone)
            RETURNING blob_key, bytes
            """, runs.values)
        try tell(of: gone) { due in (RunID(rawValue: due.id), ["what": RetainedKind.results.rawValue]) }
        return try Expiry(rows: artifacts, count: gone.count)
    }

    /// Writes the event of each, and the change of those whose documents anybody can see.
    private func tell(of expired: [Due], _ story: (Due) -> (run: RunID?, meta: [String: String])) throws {
        try append(
            expired.map { due in
                let (run, meta) = story(due)
                return NewEvent(
                    type: .expired, workspace: due.workspace, document: due.document, run: run, actor: "retention", meta: meta)
            })
        for due in expired where !due.isDeleted { noteChange(due.document, .upsert, in: due.workspace) }
    }
}

extension Expiry {
    fileprivate init(rows: [SQLRow], count: Int) throws {
        self.init(
            count: count, blobs: try rows.map { try $0.blobKey() }, bytes: try rows.reduce(0) { $0 + (try $1.integer("bytes")) })
    }
}
