import ColophonCore

extension SQLStore {
    package func restartFeeds() async throws -> Int {
        try await database.write { transaction in
            let feeds = try transaction.rows(
                "SELECT workspace_id, head FROM workspace_feeds WHERE head > 0 ORDER BY workspace_id \(transaction.dialect.forUpdate)")
            for feed in feeds {
                let (workspace, head): (WorkspaceID, Int64) = (try feed.id("workspace_id"), try feed.integer("head"))
                try transaction.restartFeed(of: workspace, after: head + Self.feedRestart)
            }
            return feeds.count
        }
    }

    /// Further than any client can have read: numbers of changes that no feed makes between a backup and its restore.
    private static let feedRestart: Int64 = 1_000_000_000
}

extension SQLTransaction {
    /// Lets a feed begin after its last gap. Clients whose position lies before that list again, as they do when old changes were removed;
    /// none of them skips one unknowingly.
    ///
    /// - Returns: What was done; nil when nothing was wrong.
    func mendFeed(of workspace: WorkspaceID) throws -> String? {
        let sql = "SELECT head, floor FROM workspace_feeds WHERE workspace_id = ? \(dialect.forUpdate)"
        guard let feed = try row(sql, [.id(workspace)]) else { return nil }
        let (head, floor) = (try feed.integer("head"), try feed.integer("floor"))
        let last = try row("SELECT max(id) AS id FROM changes WHERE workspace_id = ?", [.id(workspace)])?.optionalInteger("id") ?? 0
        let newHead = max(head, last)
        let first = last == newHead ? try startOfDense(through: newHead, in: workspace) : nil
        guard first != floor || newHead != head || last != newHead else { return nil }
        if let first {
            try keep(from: first, through: newHead, in: workspace)
            return "has a feed from \(first) to \(newHead)"
        }
        return try restartFeed(of: workspace, after: newHead) ? "has a feed from \(newHead + 1) on" : nil
    }

    /// Lets a feed begin with a change of its own, since a feed is never without its newest one: any document's will do.
    ///
    /// - Returns: Whether the workspace has a document.
    @discardableResult
    fileprivate func restartFeed(of workspace: WorkspaceID, after head: Int64) throws -> Bool {
        let any = try row("SELECT id, deleted_at FROM files WHERE workspace_id = ? ORDER BY updated_at DESC LIMIT 1", [.id(workspace)])
        guard let any else { return false }
        try keep(from: head + 1, through: head, in: workspace)
        noteChange(try any.id("id"), try any.optionalTime("deleted_at") == nil ? .upsert : .delete, in: workspace)
        return true
    }

    /// The first of the changes up to `head` that lie beside each other.
    private func startOfDense(through head: Int64, in workspace: WorkspaceID) throws -> Int64? {
        try row(
            """
            SELECT max(c.id) AS id FROM changes c WHERE c.workspace_id = ? AND c.id <= ? AND NOT EXISTS (
                SELECT 1 FROM changes before WHERE before.workspace_id = c.workspace_id AND before.id = c.id - 1)
            """, [.id(workspace), .integer(head)])?.optionalInteger("id")
    }

    private func keep(from first: Int64, through head: Int64, in workspace: WorkspaceID) throws {
        _ = try execute("DELETE FROM changes WHERE workspace_id = ? AND id < ?", [.id(workspace), .integer(first)])
        _ = try execute(
            "UPDATE workspace_feeds SET floor = ?, head = ? WHERE workspace_id = ?", [.integer(first), .integer(head), .id(workspace)])
    }
}
