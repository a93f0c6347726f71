package import ColophonCore

extension SQLStore {
    package func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
        try await reap("jobs.lease_expires_at <= colophon_now()", [], limit: limit, policy: policy)
    }

    package func reapLeases(of worker: WorkerID, limit: Int, policy: RetryPolicy) async throws -> Int {
        try await reap("jobs.leased_by = ?", [.id(worker)], limit: limit, policy: policy)
    }

    package func hasLeases(_ worker: WorkerID) async throws -> Bool { try await isAnyLeased("jobs.leased_by = ?", [.id(worker)]) }

    private func isAnyLeased(_ condition: String, _ values: [SQLValue]) async throws -> Bool {
        try await database.read {
            try $0.row("SELECT 1 AS one FROM jobs WHERE state = 'leased' AND \(condition) LIMIT 1", values) != nil
        }
    }

    /// - Parameter condition: Which leases, as SQL over `jobs`.
    private func reap(_ condition: String, _ values: [SQLValue], limit: Int, policy: RetryPolicy) async throws -> Int {
        // Most looks find nothing; they should not cost a write.
        guard try await isAnyLeased(condition, values) else { return 0 }
        return try await database.write { transaction in
            let rows = try transaction.rows(
                """
                SELECT runs.workspace_id, runs.id, runs.epoch, runs.lost_leases, runs.leased_by,
                    jobs.deadline_at - colophon_now() AS time_left
                FROM jobs JOIN runs ON runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
                JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
                WHERE jobs.state = 'leased' AND \(condition) ORDER BY jobs.lease_expires_at, jobs.order_at, jobs.id LIMIT ?
                \(transaction.dialect.forUpdateSkippingLocked(of: "files, runs, jobs"))
                """, values + [.int(limit)])
            for row in rows { try transaction.reap(row, policy: policy) }
            return rows.count + (try transaction.reapBareJobs(condition, values, limit: limit))
        }
    }
}

extension SQLTransaction {
    /// Puts jobs that are no runs back, one epoch further.
    fileprivate func reapBareJobs(_ condition: String, _ values: [SQLValue], limit: Int) throws -> Int {
        try execute(
            """
            WITH ended (workspace_id, id) AS (
                SELECT workspace_id, id FROM jobs WHERE state = 'leased' AND run_id IS NULL AND \(condition)
                ORDER BY lease_expires_at, order_at, id LIMIT ? \(dialect.forUpdateSkippingLocked(of: "jobs")))
            UPDATE jobs SET state = 'due', epoch = epoch + 1, leased_by = NULL, lease_expires_at = NULL, due_at = colophon_now(),
                order_at = colophon_now() + order_at - due_at
            WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM ended) \(dialect.only("id", in: "ended", "id"))
            """, values + [.int(limit)])
    }

    /// Takes a run away from a worker that has not renewed its lease, or is dead: one epoch further, it can write nothing more.
    fileprivate func reap(_ row: SQLRow, policy: RetryPolicy) throws {
        let claim = RunClaim(workspace: try row.id("workspace_id"), run: try row.id("id"), epoch: try row.integer("epoch"))
        let timeLeft = try row.optionalInteger("time_left").map { Duration.milliseconds($0) }
        switch policy.decisionAfterLostLease(counted: AttemptCounts(leasesLost: try row.int("lost_leases")), timeLeft: timeLeft) {
        case .retry(let delay):
            _ = try requeue(
                claim, counting: "epoch = epoch + 1, lost_leases = lost_leases + 1", event: .leaseLost,
                meta: ["worker": try row.optionalText("leased_by") ?? ""], delay: delay, actor: "reaper")
        case .fail(let failure), .quarantine(let failure):
            try finishAsFailed(claim, failure, actor: "reaper", isReaped: true)
        }
    }
}
