package import ColophonCore

extension SQLStore {
    package func events(of id: DocumentID, after seq: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [DocumentEvent] {
        try await database.read { connection in
            _ = try connection.liveDocument(id, in: scope.workspace)
            return try connection.rows(
                "SELECT * FROM events WHERE workspace_id = ? AND document_id = ? AND seq > ? ORDER BY seq LIMIT ?",
                [.id(scope.workspace), .id(id), .integer(seq), .int(limit)]
            ).map(DocumentEvent.init(row:))
        }
    }

    package func changes(after id: Int64, limit: Int, in scope: WorkspaceScope) async throws -> [Change] {
        try await database.read { connection in
            try connection.rows(
                "SELECT * FROM changes WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?",
                [.id(scope.workspace), .integer(id), .int(limit)]
            ).map { row in
                Change(
                    id: try row.integer("id"), documentID: try row.id("document_id"), op: try row.word("op"), at: try row.time("at"))
            }
        }
    }
}

extension DocumentEvent {
    init(row: SQLRow) throws {
        self.init(
            seq: try row.integer("seq"), type: try row.word("type"), runID: try row.optionalID("run_id"), actor: try row.text("actor"),
            meta: try EventMeta.decode(try row.text("meta")), at: try row.time("at"))
    }
}
