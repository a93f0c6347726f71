package import ColophonCore

extension SQLStore {
    package func document(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentDetail {
        try await database.read { try $0.detail(of: id, in: scope.workspace) }
    }

    package func documents(limit: Int, after: DocumentID?, in scope: WorkspaceScope) async throws -> [DocumentDetail] {
        let workspace = scope.workspace
        return try await database.read { connection in
            let page =
                try after.map { try connection.page(after: $0, limit: limit, in: workspace) }
                ?? connection.firstPage(limit: limit, in: workspace)
            return try page.map { try connection.detail(of: try $0.id("id"), in: workspace) }
        }
    }

    package func deleteDocument(_ id: DocumentID, in scope: WorkspaceScope) async throws {
        try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            _ = try transaction.liveDocument(id, in: scope.workspace)
            try transaction.delete(id, in: scope)
        }
    }

    package func deleteDocuments(_ ids: [DocumentID], in scope: WorkspaceScope) async throws -> Batch<DocumentID> {
        try await database.write { transaction in
            let live = try transaction.lockLive(ids, in: scope.workspace)
            for id in live.inOrder { try transaction.delete(id, in: scope) }
            return Batch(items: ids.filter(live.ids.contains), notFound: ids.filter { !live.ids.contains($0) })
        }
    }
}

extension SQLTransaction {
    /// Deletes a live document that is locked.
    fileprivate func delete(_ id: DocumentID, in scope: WorkspaceScope) throws {
        let key: [SQLValue] = [.id(scope.workspace), .id(id)]
        try cancelRuns(of: id, where: "1 = 1", [], in: scope)
        _ = try execute(
            "UPDATE files SET deleted_at = colophon_now(), deleted_by = ? WHERE workspace_id = ? AND id = ?", [.text(scope.actor)] + key)
        _ = try execute("UPDATE tags SET is_live = 0 WHERE workspace_id = ? AND document_id = ?", key)
        // Said so that no index of keys is searched, which would find every run of the workspace.
        _ = try execute(
            "UPDATE runs SET dedupe_key = NULL WHERE workspace_id = ? AND document_id = ? AND coalesce(dedupe_key, '') <> ''", key)
        try appendEvent(.deleted, of: id, actor: scope.actor, in: scope.workspace)
        noteChange(id, .delete, in: scope.workspace)
    }
}

extension SQLConnection {
    fileprivate func firstPage(limit: Int, in workspace: WorkspaceID) throws -> [SQLRow] {
        try rows(
            "SELECT id FROM files WHERE workspace_id = ? AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?",
            [.id(workspace), .int(limit)])
    }

    /// - Parameter last: The last document of the page before; a deleted one still marks its place.
    fileprivate func page(after last: DocumentID, limit: Int, in workspace: WorkspaceID) throws -> [SQLRow] {
        let place = try row("SELECT created_at FROM files WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(last)])
        guard let place else { throw ColophonError(.invalid, "after must be the id of a document of the page before.", field: "after") }
        return try rows(
            """
            SELECT id FROM files WHERE workspace_id = ? AND deleted_at IS NULL AND (created_at, id) < (?, ?)
            ORDER BY created_at DESC, id DESC LIMIT ?
            """, [.id(workspace), .time(try place.time("created_at")), .id(last), .int(limit)])
    }
}
