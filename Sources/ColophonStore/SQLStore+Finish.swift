package import ColophonCore

/// A result on its way into the ledger.
struct Completion: Sendable {
    var claim: RunClaim
    var result: RunResult
}

enum CompletionOutcome: Sendable { case published, leaseLost }

extension SQLStore {
    package func complete(_ claim: RunClaim, with result: RunResult) async throws {
        switch try await completions.submit(Completion(claim: claim, result: result)) {
        case .published: return
        case .leaseLost: throw ColophonError.leaseLost(claim.run)
        }
    }

    package func fail(
        _ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration
    ) async throws -> FailureOutcome {
        try await database.write { transaction in
            try transaction.lockDocument(of: claim)
            return try transaction.fail(claim, with: failure, policy: policy, retryDelay: retryDelay)
        }
    }

    package func release(_ claim: RunClaim, after delay: Duration) async throws {
        try await database.write { transaction in
            try transaction.lockDocument(of: claim)
            _ = try transaction.requeue(
                claim, counting: "attempt = attempt - 1", event: .released, meta: [:], delay: delay, actor: "worker")
        }
    }
}

extension SQLTransaction {
    fileprivate func fail(_ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration) throws -> FailureOutcome {
        let meta = ["code": failure.code.rawValue, "message": failure.message]
        let isLost = failure.code.failureClass == .lost
        let (counts, timeLeft) = try counts(before: claim)
        let decision = policy.decision(after: failure, counted: counts, wait: retryDelay, timeLeft: timeLeft)
        if isLost { try countCrash(of: claim) }
        switch decision {
        case .retry(let delay):
            let counting = isLost ? nil : "failed_attempts = failed_attempts + 1"
            guard let due = try requeue(claim, counting: counting, event: .retry, meta: meta, delay: delay, actor: "worker") else {
                throw ColophonError.leaseLost(claim.run)
            }
            return .retrying(at: due)
        case .quarantine(let final):
            try quarantine(versionOf: claim)
            try finishAsFailed(claim, final, actor: "worker", lastAttempt: failure.message)
        case .fail(let final):
            try finishAsFailed(claim, final, actor: "worker", lastAttempt: final == failure ? nil : failure.message)
        }
        return .failed
    }

    /// What was counted before the claim's attempt, and how long it is until its deadline.
    ///
    /// - Throws: `conflict` with reason `LEASE_LOST` when the claim is no longer valid.
    private func counts(before claim: RunClaim) throws -> (AttemptCounts, timeLeft: Duration?) {
        let counted = try row(
            """
            SELECT runs.failed_attempts, runs.lost_leases, file_versions.crash_count, jobs.deadline_at - colophon_now() AS time_left
            FROM runs JOIN file_versions ON file_versions.workspace_id = runs.workspace_id AND file_versions.id = runs.version_id
                JOIN jobs ON jobs.workspace_id = runs.workspace_id AND jobs.id = runs.id
            WHERE runs.workspace_id = ? AND runs.id = ? AND runs.epoch = ? AND runs.status = 'processing'
            """, [.id(claim.workspace), .id(claim.run), .integer(claim.epoch)])
        guard let counted else { throw ColophonError.leaseLost(claim.run) }
        let counts = AttemptCounts(
            failed: try counted.int("failed_attempts"), crashes: try counted.int("crash_count"), leasesLost: try counted.int("lost_leases"))
        return (counts, try counted.optionalInteger("time_left").map { .milliseconds($0) })
    }

    private func countCrash(of claim: RunClaim) throws {
        _ = try execute(
            """
            UPDATE file_versions SET crash_count = crash_count + 1
            WHERE workspace_id = ? AND id = (SELECT version_id FROM runs WHERE workspace_id = ? AND id = ?)
            """, [.id(claim.workspace), .id(claim.workspace), .id(claim.run)])
    }

    private func quarantine(versionOf claim: RunClaim) throws {
        _ = try execute(
            """
            UPDATE file_versions SET quarantined_at = coalesce(quarantined_at, colophon_now())
            WHERE workspace_id = ? AND id = (SELECT version_id FROM runs WHERE workspace_id = ? AND id = ?)
            """, [.id(claim.workspace), .id(claim.workspace), .id(claim.run)])
    }
}
