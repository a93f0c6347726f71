import ColophonCore

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
        // The newest change is missing: another one must take its place, since a feed is never without its head.
        let any = try row("SELECT id, deleted_at FROM files WHERE workspace_id = ? ORDER BY updated_at DESC LIMIT 1", [.id(workspace)])
        guard let any else { return nil }
        try keep(from: newHead + 1, through: newHead, in: workspace)
        noteChange(try any.id("id"), try any.optionalTime("deleted_at") == nil ? .upsert : .delete, in: workspace)
        return "has a feed from \(newHead + 1) on"
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
