package import ColophonCore

extension SQLStore {
    /// How many documents one transaction takes events from: whoever writes one of them waits for it.
    private static let trimBatch = 50

    package func trimEvents(olderThan age: Duration, after: EventTrim.Place?, limit: Int) async throws -> EventTrim {
        // Most documents have nothing to give; looking should not cost a write.
        let page = try await database.read { connection in
            try connection.rows(
                """
                SELECT workspace_id, id, coalesce((
                    SELECT at FROM events WHERE events.workspace_id = files.workspace_id AND events.document_id = files.id
                    AND events.seq = files.event_floor + 1) <= colophon_now() - ?, FALSE) AS is_due
                FROM files WHERE (workspace_id, id) > (?, ?) ORDER BY workspace_id, id LIMIT ?
                """,
                [.milliseconds(age), .text(after?.workspace.rawValue ?? ""), .text(after?.document.rawValue ?? ""), .int(limit)]
            ).map { row in
                (
                    place: EventTrim.Place(workspace: try row.id("workspace_id"), document: try row.id("id")),
                    isDue: try row.integer("is_due") == 1
                )
            }
        }
        var removed = 0
        let due = page.filter(\.isDue).map(\.place)
        for start in stride(from: 0, to: due.count, by: Self.trimBatch) {
            let places = Array(due[start..<min(start + Self.trimBatch, due.count)])
            removed += try await database.write { transaction in
                try transaction.lockFree(places).reduce(0) { $0 + (try transaction.trimEvents(of: $1, olderThan: age)) }
            }
        }
        return EventTrim(removed: removed, next: page.count == limit ? page.last?.place : nil)
    }

    package func trimFeed(olderThan age: Duration, after: WorkspaceID?, limit: Int) async throws -> FeedTrim? {
        try await database.write { transaction in
            let feed = try transaction.row(
                """
                SELECT feeds.workspace_id AS workspace_id, feeds.floor AS floor, feeds.head AS head
                FROM workspace_feeds AS feeds JOIN changes ON changes.workspace_id = feeds.workspace_id AND changes.id = feeds.floor
                WHERE feeds.workspace_id > ? AND feeds.floor < feeds.head AND changes.at <= colophon_now() - ?
                ORDER BY feeds.workspace_id LIMIT 1 \(transaction.dialect.forUpdateSkippingLocked(of: "feeds"))
                """, [.text(after?.rawValue ?? ""), .milliseconds(age)])
            guard let feed else { return nil }
            let workspace: WorkspaceID = try feed.id("workspace_id")
            let floor = try feed.integer("floor")
            // The newest change stays: the head is a position that a client may hold, however quiet the workspace.
            let end = min(floor + Int64(limit), try feed.integer("head"))
            let kept = try transaction.row(
                "SELECT min(id) AS id FROM changes WHERE workspace_id = ? AND id >= ? AND id < ? AND at > colophon_now() - ?",
                [.id(workspace), .integer(floor), .integer(end), .milliseconds(age)])
            let next = try kept?.optionalInteger("id") ?? end
            _ = try transaction.execute(
                "UPDATE workspace_feeds SET floor = ? WHERE workspace_id = ?", [.integer(next), .id(workspace)])
            _ = try transaction.execute("DELETE FROM changes WHERE workspace_id = ? AND id < ?", [.id(workspace), .integer(next)])
            return FeedTrim(workspace: workspace, removed: Int(next - floor), isDone: next < floor + Int64(limit))
        }
    }
}

extension SQLTransaction {
    /// The most events of one document that go at once.
    private static let eventsMax = 1000

    /// Locks documents, passing over those that somebody else holds.
    fileprivate func lockFree(_ places: [EventTrim.Place]) throws -> [SQLRow] {
        let table = SQLTable(
            dialect, "due", [("workspace_id", .text), ("id", .text)], places.map { [.id($0.workspace), .id($0.document)] })
        return try rows(
            """
            \(table.sql) SELECT files.workspace_id AS workspace_id, files.id AS id, files.event_floor AS event_floor,
                files.event_count AS event_count
            FROM due JOIN files ON files.workspace_id = due.workspace_id AND files.id = due.id
            \(dialect.forUpdateSkippingLocked(of: "files"))
            """, table.values)
    }

    /// - Parameter file: A locked document's row.
    /// - Returns: How many events went.
    fileprivate func trimEvents(of file: SQLRow, olderThan age: Duration) throws -> Int {
        let owner: [SQLValue] = [.text(try file.text("workspace_id")), .text(try file.text("id"))]
        let floor = try file.integer("event_floor")
        let end = min(floor + Int64(Self.eventsMax), try file.integer("event_count"))
        let kept = try row(
            """
            SELECT min(seq) AS seq FROM events
            WHERE workspace_id = ? AND document_id = ? AND seq > ? AND seq <= ? AND at > colophon_now() - ?
            """, owner + [.integer(floor), .integer(end), .milliseconds(age)])
        let next = try kept?.optionalInteger("seq").map { $0 - 1 } ?? end
        _ = try execute("UPDATE files SET event_floor = ? WHERE workspace_id = ? AND id = ?", [.integer(next)] + owner)
        return try execute("DELETE FROM events WHERE workspace_id = ? AND document_id = ? AND seq <= ?", owner + [.integer(next)])
    }
}
