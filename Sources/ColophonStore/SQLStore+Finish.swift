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

    package func release(_ claim: RunClaim) async throws {
        try await database.write { transaction in
            try transaction.lockDocument(of: claim)
            _ = try transaction.requeue(
                claim, counting: "attempt = attempt - 1", event: .released, meta: [:], delay: .zero, actor: "worker")
        }
    }
}

extension SQLTransaction {
    fileprivate func fail(_ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration) throws -> FailureOutcome {
        let meta = ["code": failure.code.rawValue, "message": failure.message]
        switch failure.code.failureClass {
        case .permanent:
            break
        case .retryable:
            let counted = try row(
                "SELECT failed_attempts FROM runs WHERE workspace_id = ? AND id = ?", [.id(claim.workspace), .id(claim.run)])
            if try (counted?.int("failed_attempts") ?? 0) + 1 < policy.attemptsMax {
                return try retry(claim, counting: "failed_attempts = failed_attempts + 1", meta: meta, delay: retryDelay)
            }
        case .lost:
            if try countCrash(of: claim) < policy.crashesMax {
                return try retry(claim, counting: nil, meta: meta, delay: retryDelay)
            }
            _ = try execute(
                """
                UPDATE file_versions SET quarantined_at = coalesce(quarantined_at, colophon_now()) WHERE workspace_id = ? AND id =
                    (SELECT version_id FROM runs WHERE workspace_id = ? AND id = ?)
                """, [.id(claim.workspace), .id(claim.workspace), .id(claim.run)])
        }
        // The last of several lost attempts says what became of the version, not how that one ended; its event has that.
        if failure.code == .lost {
            try finishAsFailed(claim, RunFailure(.lost), actor: "worker", lastAttempt: failure.message)
        } else {
            try finishAsFailed(claim, failure, actor: "worker")
        }
        return .failed
    }

    /// - Returns: How many attempts over the run's version were cut off, this one included.
    private func countCrash(of claim: RunClaim) throws -> Int {
        let counted = try row(
            """
            UPDATE file_versions SET crash_count = crash_count + 1 WHERE workspace_id = ? AND id =
                (SELECT version_id FROM runs WHERE workspace_id = ? AND id = ? AND epoch = ? AND status = 'processing')
            RETURNING crash_count
            """, [.id(claim.workspace), .id(claim.workspace), .id(claim.run), .integer(claim.epoch)])
        guard let counted else { throw ColophonError.leaseLost(claim.run) }
        return try counted.int("crash_count")
    }

    private func retry(_ claim: RunClaim, counting: String?, meta: [String: String], delay: Duration) throws -> FailureOutcome {
        guard let due = try requeue(claim, counting: counting, event: .retry, meta: meta, delay: delay, actor: "worker") else {
            throw ColophonError.leaseLost(claim.run)
        }
        return .retrying(at: due)
    }
}
