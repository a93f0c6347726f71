package import ColophonCore

extension SQLStore {
    package func claimJobs(limit: Int, for worker: WorkerID, lease: Duration) async throws -> [ClaimedJob] {
        precondition(limit > 0, "a claim asks for at least one job")
        // Most looks find nothing; they should not cost a write.
        let hasWork = try await database.read { connection in
            try connection.row("SELECT 1 AS one FROM jobs WHERE state = 'due' AND due_at <= colophon_now() LIMIT 1", []) != nil
        }
        guard hasWork else { return [] }
        return try await database.write { transaction in
            try transaction.rows(
                """
                UPDATE jobs SET state = 'leased', leased_by = ?, lease_expires_at = colophon_now() + ?
                WHERE (workspace_id, id) IN (
                    SELECT workspace_id, id FROM jobs WHERE state = 'due' AND due_at <= colophon_now() ORDER BY due_at LIMIT ?)
                RETURNING workspace_id, run_id, lease_expires_at
                """, [.id(worker), .milliseconds(lease), .int(limit)]
            ).map { try transaction.startRun(of: $0, for: worker) }
        }
    }

    package func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
        if beats.isEmpty { return [] }
        return try await database.write { transaction in
            try Set(beats.filter { try !transaction.renew($0, lease: lease) }.map(\.claim))
        }
    }

    package func lost(among claims: [RunClaim]) async throws -> Set<RunClaim> {
        try await database.read { connection in
            try Set(
                claims.filter { claim in
                    try connection.row(
                        "SELECT 1 AS one FROM runs WHERE workspace_id = ? AND id = ? AND epoch = ? AND status = 'processing'",
                        [.id(claim.workspace), .id(claim.run), .integer(claim.epoch)]) == nil
                })
        }
    }

    package func queueDepth() async throws -> QueueDepth {
        try await database.read { connection in
            let row = try connection.row(
                "SELECT count(*) FILTER (WHERE state = 'due') AS waiting, count(*) FILTER (WHERE state = 'leased') AS claimed FROM jobs", []
            )
            return QueueDepth(waiting: try row?.int("waiting") ?? 0, claimed: try row?.int("claimed") ?? 0)
        }
    }
}

extension SQLTransaction {
    /// The claimed job's run: `processing`, one attempt and one epoch further.
    fileprivate func startRun(of job: SQLRow, for worker: WorkerID) throws -> ClaimedJob {
        let workspace: WorkspaceID = try job.id("workspace_id")
        let run: RunID = try job.id("run_id")
        let leaseExpiresAt = try job.time("lease_expires_at")
        let started = try row(
            """
            UPDATE runs SET status = 'processing', step = 'parsing', attempt = attempt + 1, epoch = epoch + 1, leased_by = ?,
                lease_expires_at = ?, pages_done = 0, started_at = coalesce(started_at, colophon_now()), updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND status = 'queued'
            RETURNING document_id, version_id, attempt, epoch
            """, [.id(worker), .time(leaseExpiresAt), .id(workspace), .id(run)])
        guard let started else { throw ColophonError(.internal, "Job of run \(run) is due, but its run is not queued.") }
        let document: DocumentID = try started.id("document_id")
        let attempt = try started.int("attempt")
        try appendEvent(
            .processing, of: document, run: run, actor: "worker:\(worker)", meta: ["attempt": "\(attempt)"], in: workspace)
        noteChange(document, .upsert, in: workspace)
        let versionID: VersionID = try started.id("version_id")
        let quarantine = try row(
            "SELECT quarantined_at FROM file_versions WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(versionID)])
        return ClaimedJob(
            claim: RunClaim(workspace: workspace, run: run, epoch: try started.integer("epoch")), documentID: document,
            version: try version(versionID, of: document, in: workspace), attempt: attempt, leaseExpiresAt: leaseExpiresAt,
            isQuarantined: try quarantine?.optionalTime("quarantined_at") != nil)
    }

    /// - Returns: Whether the claim is still valid.
    fileprivate func renew(_ beat: Heartbeat, lease: Duration) throws -> Bool {
        let (done, total) = (beat.progress.map { SQLValue.int($0.done) } ?? .null, beat.progress.map { SQLValue.int($0.total) } ?? .null)
        let renewed = try execute(
            """
            UPDATE runs SET lease_expires_at = colophon_now() + ?, pages_done = coalesce(?, pages_done), pages_total = coalesce(?, pages_total),
                updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND epoch = ? AND status = 'processing'
            """,
            [.milliseconds(lease), done, total, .id(beat.claim.workspace), .id(beat.claim.run), .integer(beat.claim.epoch)])
        guard renewed == 1 else { return false }
        _ = try execute(
            "UPDATE jobs SET lease_expires_at = colophon_now() + ? WHERE workspace_id = ? AND run_id = ? AND state = 'leased'",
            [.milliseconds(lease), .id(beat.claim.workspace), .id(beat.claim.run)])
        return true
    }
}
