package import ColophonCore

extension SQLStore {
    package func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
        let expired = "state = 'leased' AND lease_expires_at <= colophon_now()"
        // Most looks find nothing; they should not cost a write.
        let isQuiet = try await database.read { try $0.row("SELECT 1 AS one FROM jobs WHERE \(expired) LIMIT 1", []) == nil }
        if isQuiet { return 0 }
        return try await database.write { transaction in
            let rows = try transaction.rows(
                """
                SELECT runs.workspace_id, runs.id, runs.epoch, runs.lost_leases, runs.leased_by,
                    jobs.deadline_at - colophon_now() AS time_left
                FROM jobs JOIN runs ON runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
                WHERE jobs.state = 'leased' AND jobs.lease_expires_at <= colophon_now() ORDER BY jobs.lease_expires_at LIMIT ?
                """, [.int(limit)])
            for row in rows { try transaction.reap(row, policy: policy) }
            return rows.count
        }
    }
}

extension SQLTransaction {
    /// Takes a run away from a worker that has not renewed its lease: one epoch further, it can write nothing more.
    fileprivate func reap(_ row: SQLRow, policy: RetryPolicy) throws {
        let claim = RunClaim(workspace: try row.id("workspace_id"), run: try row.id("id"), epoch: try row.integer("epoch"))
        let timeLeft = try row.optionalInteger("time_left").map { Duration.milliseconds($0) }
        switch policy.decisionAfterLostLease(counted: AttemptCounts(leasesLost: try row.int("lost_leases")), timeLeft: timeLeft) {
        case .retry(let delay):
            _ = try requeue(
                claim, counting: "epoch = epoch + 1, lost_leases = lost_leases + 1", event: .leaseLost,
                meta: ["worker": try row.optionalText("leased_by") ?? ""], delay: delay, actor: "reaper")
        case .fail(let failure), .quarantine(let failure):
            try finishAsFailed(claim, failure, actor: "reaper")
        }
    }
}
