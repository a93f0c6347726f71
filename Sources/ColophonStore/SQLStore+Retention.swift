package import ColophonCore

extension SQLStore {
    package func retention(of workspace: WorkspaceID) async throws -> RetentionPolicy {
        try await database.read { connection in
            let row = try connection.row(
                "SELECT keep_sources, keep_results, keep_downloaded FROM workspaces WHERE id = ?", [.id(workspace)])
            guard let row else { throw Self.unknownWorkspace() }
            return RetentionPolicy(
                sources: try row.optionalInteger("keep_sources").map(Duration.milliseconds),
                results: try row.optionalInteger("keep_results").map(Duration.milliseconds),
                afterDownload: try row.optionalInteger("keep_downloaded").map(Duration.milliseconds))
        }
    }

    package func setRetention(_ policy: RetentionPolicy, of workspace: WorkspaceID) async throws {
        try await database.write { transaction in
            let times = [policy.sources, policy.results, policy.afterDownload].map { $0.map(SQLValue.milliseconds) ?? .null }
            let set = try transaction.execute(
                "UPDATE workspaces SET keep_sources = ?, keep_results = ?, keep_downloaded = ? WHERE id = ?", times + [.id(workspace)])
            guard set == 1 else { throw Self.unknownWorkspace() }
        }
    }

    package func reschedule(after: DocumentID?, limit: Int, in workspace: WorkspaceID) async throws -> DocumentID? {
        let limit = min(limit, SQLTable.rowsMax)
        return try await database.write { transaction in
            let found = try transaction.rows(
                """
                SELECT id FROM files WHERE workspace_id = ? AND id > ? AND purged_at IS NULL ORDER BY id LIMIT ?
                \(transaction.dialect.forUpdate)
                """, [.id(workspace), .text(after?.rawValue ?? ""), .int(limit)])
            if found.isEmpty { return nil }
            let documents: [DocumentID] = try found.map { try $0.id("id") }
            try transaction.reschedule(documents, in: workspace)
            return documents.last
        }
    }

    package func noteDownload(of run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws {
        try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            // Its last byte may have been sent after the deletion, of which the feed has told by then.
            guard try transaction.isLive(id, in: scope.workspace) else { return }
            let counted = try transaction.row(
                """
                UPDATE runs SET download_count = download_count + 1,
                    first_downloaded_at = CASE WHEN first_downloaded_at IS NULL OR renewed_at > first_downloaded_at
                        THEN colophon_now() ELSE first_downloaded_at END,
                    expires_at = CASE WHEN colophon_now() + workspaces.keep_downloaded < coalesce(expires_at, \(Int64.max))
                        THEN colophon_now() + workspaces.keep_downloaded ELSE expires_at END
                FROM workspaces WHERE workspaces.id = runs.workspace_id
                    AND runs.workspace_id = ? AND runs.document_id = ? AND runs.id = ? AND runs.status = 'complete'
                RETURNING runs.download_count AS download_count
                """, [.id(scope.workspace), .id(id), .id(run)])
            guard try counted?.integer("download_count") == 1 else { return }
            try transaction.appendEvent(.downloaded, of: id, run: run, actor: scope.actor, in: scope.workspace)
            transaction.noteChange(id, .upsert, in: scope.workspace)
        }
    }

    package func purgeDeleted(olderThan age: Duration, limit: Int) async throws -> Int {
        let limit = min(limit, SQLTable.rowsMax)
        return try await database.write { transaction in
            let found = try transaction.rows(
                """
                SELECT workspace_id, id FROM files WHERE deleted_at <= colophon_now() - ? AND purged_at IS NULL ORDER BY deleted_at LIMIT ?
                \(transaction.dialect.forUpdateSkippingLocked(of: "files"))
                """, [.milliseconds(age), .int(limit)])
            if found.isEmpty { return 0 }
            let documents = SQLTable(
                transaction.dialect, "document", [("workspace_id", .text), ("id", .text)],
                try found.map { [.text(try $0.text("workspace_id")), .text(try $0.text("id"))] })
            // What has no results has none that expire.
            for (table, condition) in [("file_versions", ""), ("runs", "AND runs.status = 'complete'")] {
                _ = try transaction.execute(
                    """
                    \(documents.sql) UPDATE \(table) SET expires_at = colophon_now() FROM document
                    WHERE \(table).workspace_id = document.workspace_id AND \(table).document_id = document.id \(condition)
                        AND \(table).expired_at IS NULL AND coalesce(\(table).expires_at, \(Int64.max)) > colophon_now()
                    """, documents.values)
            }
            _ = try transaction.execute(
                """
                \(documents.sql) UPDATE files SET purged_at = colophon_now() FROM document
                WHERE files.workspace_id = document.workspace_id AND files.id = document.id
                """, documents.values)
            return found.count
        }
    }

    private static func unknownWorkspace() -> ColophonError { ColophonError(.notFound, "No such workspace.") }
}

extension SQLTransaction {
    /// Gives what is kept of locked documents the times of their workspace's policy.
    fileprivate func reschedule(_ documents: [DocumentID], in workspace: WorkspaceID) throws {
        let table = SQLTable(dialect, "document", [("id", .text)], documents.map { [.id($0)] })
        _ = try execute(
            """
            \(table.sql) UPDATE file_versions SET expires_at = coalesce(file_versions.renewed_at, file_versions.created_at) + workspaces.keep_sources
            FROM document JOIN workspaces ON workspaces.id = ?
            WHERE file_versions.workspace_id = workspaces.id AND file_versions.document_id = document.id
                AND file_versions.expired_at IS NULL
            """, table.values + [.id(workspace)])
        _ = try execute(
            """
            \(table.sql) UPDATE runs SET expires_at = \(Self.resultsExpiry)
            FROM document JOIN workspaces ON workspaces.id = ?
            WHERE runs.workspace_id = workspaces.id AND runs.document_id = document.id
                AND runs.status = 'complete' AND runs.expired_at IS NULL
            """, table.values + [.id(workspace)])
    }

    /// When results expire, from `runs` and `workspaces`: some time after they were made or last the answer to an upload, or some time after
    /// the first download since then, whichever comes first; null is never.
    private static let resultsExpiry = """
        CASE WHEN \(afterDownload) < coalesce(\(afterAnswer), \(Int64.max)) THEN \(afterDownload) ELSE \(afterAnswer) END
        """
    private static let afterAnswer = "(coalesce(runs.renewed_at, runs.completed_at) + workspaces.keep_results)"
    private static let afterDownload = """
        (CASE WHEN runs.renewed_at > runs.first_downloaded_at THEN NULL ELSE runs.first_downloaded_at END + workspaces.keep_downloaded)
        """

    /// Bytes that were uploaded again are kept as long as new ones.
    func renewSource(_ version: VersionID, in workspace: WorkspaceID) throws {
        _ = try execute(
            """
            UPDATE file_versions SET renewed_at = colophon_now(), expires_at = colophon_now() + workspaces.keep_sources
            FROM workspaces WHERE workspaces.id = file_versions.workspace_id
                AND file_versions.workspace_id = ? AND file_versions.id = ? AND file_versions.expired_at IS NULL
            """, [.id(workspace), .id(version)])
    }

    /// Results that are the answer to an upload are kept as long as new ones.
    func renewResults(of run: RunID, in workspace: WorkspaceID) throws {
        _ = try execute(
            "UPDATE runs SET renewed_at = colophon_now() WHERE workspace_id = ? AND id = ? AND expired_at IS NULL",
            [.id(workspace), .id(run)])
        _ = try execute(
            """
            UPDATE runs SET expires_at = \(Self.resultsExpiry) FROM workspaces WHERE workspaces.id = runs.workspace_id
                AND runs.workspace_id = ? AND runs.id = ? AND runs.status = 'complete' AND runs.expired_at IS NULL
            """, [.id(workspace), .id(run)])
    }
}
