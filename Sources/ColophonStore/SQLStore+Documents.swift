package import ColophonCore

extension SQLStore {
    package func document(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentDetail {
        try await database.read { try $0.detail(of: id, in: scope.workspace) }
    }

    package func version(of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await database.read { connection in
            _ = try connection.liveDocument(id, in: scope.workspace)
            return try connection.version(of: id, in: scope.workspace)
        }
    }

    package func documents(limit: Int, after: DocumentID?, in scope: WorkspaceScope) async throws -> [DocumentDetail] {
        let workspace = scope.workspace
        return try await database.read { connection in
            let page =
                if let after {
                    // A deleted document still marks its place.
                    if try connection.row("SELECT 1 AS one FROM files WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(after)]) == nil {
                        throw ColophonError(.invalid, "after must be the id of a document of an earlier page.", field: "after")
                    } else {
                    try connection.rows(
                        """
                        SELECT files.id FROM files JOIN files AS last ON last.workspace_id = files.workspace_id AND last.id = ?
                        WHERE files.workspace_id = ? AND files.deleted_at IS NULL
                            AND (files.created_at, files.id) < (last.created_at, last.id)
                        ORDER BY files.created_at DESC, files.id DESC LIMIT ?
                        """, [.id(after), .id(workspace), .int(limit)])
                    }
                } else {
                    try connection.rows(
                        """
                        SELECT id FROM files WHERE workspace_id = ? AND deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?
                        """, [.id(workspace), .int(limit)])
                }
            return try page.map { try connection.detail(of: try $0.id("id"), in: workspace) }
        }
    }

    package func deleteDocument(_ id: DocumentID, in scope: WorkspaceScope) async throws {
        try await database.write { transaction in
            _ = try transaction.liveDocument(id, in: scope.workspace)
            try transaction.cancelRuns(of: id, where: "1 = 1", [], in: scope)
            _ = try transaction.execute(
                "UPDATE files SET deleted_at = colophon_now() WHERE workspace_id = ? AND id = ?", [.id(scope.workspace), .id(id)])
            _ = try transaction.execute(
                "UPDATE runs SET dedupe_key = NULL WHERE workspace_id = ? AND document_id = ? AND dedupe_key IS NOT NULL",
                [.id(scope.workspace), .id(id)])
            try transaction.appendEvent(.deleted, of: id, actor: scope.actor, in: scope.workspace)
            transaction.noteChange(id, .delete, in: scope.workspace)
        }
    }
}
