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
        try await database.read { try $0.changes(after: id, limit: limit, in: scope.workspace) }
    }
}

extension SQLStore {
    package func feed(after position: Int64?, limit: Int, in scope: WorkspaceScope) async throws -> FeedSlice {
        try await database.read { connection in
            let feed = try connection.feedPosition(of: scope.workspace)
            guard let position, feed.continues(position), position < feed.head else { return FeedSlice(feed: feed, changes: []) }
            return FeedSlice(feed: feed, changes: try connection.changes(after: position, limit: limit, in: scope.workspace))
        }
    }

    package func feeds(in scopes: [WorkspaceScope]) async throws -> [WorkspaceID: FeedPosition] {
        var found: [WorkspaceID: FeedPosition] = [:]
        for scopes in scopes.tables {
            let rows = try await database.read { connection in
                let table = SQLTable(connection.dialect, "asked", [("id", .text)], scopes.map { [.id($0.workspace)] })
                return try connection.rows(
                    "\(table.sql) SELECT f.workspace_id, f.head, f.floor FROM asked JOIN workspace_feeds f ON f.workspace_id = asked.id",
                    table.values)
            }
            for row in rows { found[try row.id("workspace_id")] = try FeedPosition(row: row) }
        }
        return found
    }
}

extension FeedPosition {
    fileprivate init(row: SQLRow) throws { self.init(head: try row.integer("head"), floor: try row.integer("floor")) }
}

extension SQLConnection {
    /// How far a workspace's feed reaches in the connection's snapshot.
    func feedPosition(of workspace: WorkspaceID) throws -> FeedPosition {
        let row = try row("SELECT head, floor FROM workspace_feeds WHERE workspace_id = ?", [.id(workspace)])
        return try row.map(FeedPosition.init(row:)) ?? FeedPosition(head: 0, floor: 0)
    }

    fileprivate func changes(after id: Int64, limit: Int, in workspace: WorkspaceID) throws -> [Change] {
        try rows(
            "SELECT * FROM changes WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?", [.id(workspace), .integer(id), .int(limit)]
        ).map { row in
            Change(id: try row.integer("id"), documentID: try row.id("document_id"), op: try row.word("op"), at: try row.time("at"))
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
