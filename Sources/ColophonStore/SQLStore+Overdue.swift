package import ColophonCore

extension SQLStore {
    package func overdue(_ limits: Limits) async throws -> Overdue {
        // A time that is never: nothing is as old as that.
        let never = Duration.milliseconds(Int64.max / 4)
        let (deleted, events, changes) = (limits.deletedKept ?? never, limits.eventsKept ?? never, limits.feedKept ?? never)
        return try await database.survey { connection in
            func number(_ sql: String, _ column: String = "count", _ values: [SQLValue] = []) throws -> Int64 {
                try connection.row(sql, values)?.optionalInteger(column) ?? 0
            }
            let sources = """
                FROM file_versions JOIN files ON files.workspace_id = file_versions.workspace_id AND files.id = file_versions.document_id
                WHERE file_versions.expired_at IS NULL AND NOT \(Needed.source)
                    AND (file_versions.expires_at <= colophon_now() OR files.deleted_at <= colophon_now() - ?)
                """
            let results = """
                FROM runs JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
                WHERE runs.status = 'complete' AND runs.expired_at IS NULL AND NOT \(Needed.resultsInTheEnd)
                    AND (runs.expires_at <= colophon_now() OR files.deleted_at <= colophon_now() - ?)
                """
            let artifacts = """
                SELECT CAST(sum(bytes) AS BIGINT) AS bytes FROM artifacts
                WHERE (workspace_id, run_id) IN (SELECT runs.workspace_id, runs.id \(results))
                """
            var overdue = Overdue()
            overdue.deletedDocuments = Int(
                try number(
                    "SELECT count(*) AS count FROM files WHERE deleted_at <= colophon_now() - ? AND purged_at IS NULL", "count",
                    [.milliseconds(deleted)]))
            overdue.sources = Int(try number("SELECT count(*) AS count \(sources)", "count", [.milliseconds(deleted)]))
            overdue.results = Int(try number("SELECT count(*) AS count \(results)", "count", [.milliseconds(deleted)]))
            overdue.bytes =
                try number("SELECT CAST(sum(file_versions.bytes) AS BIGINT) AS bytes \(sources)", "bytes", [.milliseconds(deleted)])
                + number(artifacts, "bytes", [.milliseconds(deleted)])
            overdue.events = Int(
                try number("SELECT count(*) AS count FROM events WHERE at <= colophon_now() - ?", "count", [.milliseconds(events)]))
            overdue.changes = Int(
                try number(
                    """
                    SELECT count(*) AS count FROM changes JOIN workspace_feeds ON workspace_feeds.workspace_id = changes.workspace_id
                    WHERE changes.id < workspace_feeds.head AND changes.at <= colophon_now() - ?
                    """, "count", [.milliseconds(changes)]))
            overdue.sessions = Int(try number("SELECT count(*) AS count FROM sessions WHERE expires_at <= colophon_now()"))
            return overdue
        }
    }
}
