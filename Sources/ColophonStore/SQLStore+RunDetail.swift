package import ColophonCore

extension SQLStore {
    package func runDetail(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> RunDetail {
        let workspace = scope.workspace
        return try await database.read { connection in
            let found = try connection.run(run, of: id, in: workspace)
            let moment = try connection.row(
                "SELECT heartbeat_at, colophon_now() AS now FROM runs WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(run)])
            guard let moment else { throw ColophonError.unknownRun() }
            return RunDetail(
                run: found, queue: found.status == .queued ? try connection.queuePlace(of: run, in: workspace) : nil,
                heartbeatAt: try moment.optionalTime("heartbeat_at"),
                attempts: RunAttempt.told(by: try connection.newestEvents(of: run, in: id, workspace)), at: try moment.time("now"))
        }
    }

    package func oldestWaitingJob() async throws -> OldestJob? {
        try await database.survey { connection in
            try connection.row(
                """
                SELECT jobs.workspace_id, jobs.run_id, runs.document_id, jobs.due_at, colophon_now() AS now FROM jobs
                LEFT JOIN runs ON runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
                WHERE jobs.state = 'due' AND jobs.due_at <= colophon_now() ORDER BY jobs.due_at, jobs.id LIMIT 1
                """, []
            ).map { row in
                OldestJob(
                    workspace: try row.id("workspace_id"), document: try row.optionalID("document_id"), run: try row.optionalID("run_id"),
                    dueAt: try row.time("due_at"), at: try row.time("now"))
            }
        }
    }
}

extension SQLConnection {
    /// - Returns: Nil when the run has no job that waits, which breaks a rule.
    fileprivate func queuePlace(of run: RunID, in workspace: WorkspaceID) throws -> QueuePlace? {
        let job = try row(
            """
            SELECT jobs.id, jobs.type, jobs.due_at, jobs.order_at, runs.priority FROM jobs
            JOIN runs ON runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
            WHERE jobs.workspace_id = ? AND jobs.id = ? AND jobs.state = 'due'
            """, [.id(workspace), .id(run)])
        guard let job else { return nil }
        // One more than is told, to know whether there are more.
        let counted = try row(
            """
            SELECT count(*) AS ahead FROM (SELECT 1 AS one FROM jobs
                WHERE type = ? AND workspace_id = ? AND state = 'due' AND (order_at, id) < (?, ?) LIMIT ?) AS before
            """,
            [
                .text(try job.text("type")), .id(workspace), .integer(try job.integer("order_at")), .text(try job.text("id")),
                .int(QueuePlace.aheadMax + 1),
            ])
        let ahead = try counted?.int("ahead") ?? 0
        let processing = try row(
            "SELECT count(*) AS processing FROM jobs WHERE state = 'leased' AND workspace_id = ?", [.id(workspace)])
        return QueuePlace(
            ahead: min(ahead, QueuePlace.aheadMax), aheadIsMore: ahead > QueuePlace.aheadMax, dueAt: try job.time("due_at"),
            orderAt: try job.time("order_at"), priority: try job.int("priority"), processing: try processing?.int("processing") ?? 0)
    }

    /// The newest events that tell of a run's attempts, oldest first.
    fileprivate func newestEvents(of run: RunID, in document: DocumentID, _ workspace: WorkspaceID) throws -> [DocumentEvent] {
        let kinds = RunAttempt.kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try rows(
            "SELECT * FROM events WHERE workspace_id = ? AND document_id = ? AND run_id = ? AND type IN (\(kinds)) ORDER BY seq DESC LIMIT ?",
            [.id(workspace), .id(document), .id(run), .int(RunAttempt.eventsMax)]
        ).reversed().map(DocumentEvent.init(row:))
    }
}
