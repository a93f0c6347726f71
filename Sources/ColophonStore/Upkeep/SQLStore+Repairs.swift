package import ColophonCore

extension SQLStore {
    package func repair(_ fault: LedgerFault, lease: Duration) async throws -> String? {
        precondition(fault.kind.isRepairable, "only what can be put right without guessing is")
        return try await database.write { transaction in
            guard let workspace = fault.workspace else { return nil }
            // Documents are locked before runs, and runs before jobs, by whoever writes.
            if let document = fault.document {
                try transaction.lock(document, in: workspace)
                try transaction.lockRuns(of: document, in: workspace)
            }
            switch fault.kind {
            case .runWithoutJob, .jobEpoch:
                guard let document = fault.document, let run = fault.run else { return nil }
                return try transaction.queueAnew(run, of: document, in: workspace)
            case .jobWithoutRun: return try transaction.removeStray(fault, in: workspace)
            case .leaseFarAhead: return try transaction.shortenLease(fault, to: lease, in: workspace)
            case .dueFarAhead: return try transaction.makeDueNow(fault, in: workspace)
            case .wrongCurrentRun: return try fault.document.flatMap { try transaction.serveNewest(of: $0, in: workspace) }
            case .feedGap: return try transaction.mendFeed(of: workspace)
            case .historyGap, .rule, .engine: return nil
            }
        }
    }

    package func stopAnswering(with run: RunID, in workspace: WorkspaceID) async throws -> Bool {
        // While one is written another may get the key: an equal upload that is recorded as a duplicate.
        for round in 0..<Self.keyRounds where try await !takeKeyFromOne(servedBy: run, in: workspace) { return round > 0 }
        throw ColophonError(.unavailable, "Equal uploads keep coming; try again.", retryAfterSeconds: 1)
    }

    /// How often the key that a run's results stand for may move on while it is being taken.
    private static let keyRounds = 100

    private func takeKeyFromOne(servedBy run: RunID, in workspace: WorkspaceID) async throws -> Bool {
        try await database.write { transaction in
            let holder = try transaction.row(
                """
                SELECT id, document_id FROM runs WHERE workspace_id = ? AND id = ? AND dedupe_key IS NOT NULL
                UNION ALL SELECT id, document_id FROM runs WHERE workspace_id = ? AND duplicate_of = ? AND dedupe_key IS NOT NULL
                LIMIT 1
                """, [.id(workspace), .id(run), .id(workspace), .id(run)])
            guard let holder else { return false }
            try transaction.lock(try holder.id("document_id"), in: workspace)
            try transaction.takeKey(from: try holder.id("id"), in: workspace)
            return true
        }
    }
}

extension SQLTransaction {
    fileprivate static let actor = "fsck"

    /// Gives a run that waits or is processed a new job; one epoch further, so that whoever may still hold it can write nothing.
    fileprivate func queueAnew(_ run: RunID, of document: DocumentID, in workspace: WorkspaceID) throws -> String? {
        let broken = try row(
            """
            SELECT r.leased_by AS leased_by, r.status AS status, j.epoch AS job_epoch FROM runs r
            LEFT JOIN jobs j ON j.workspace_id = r.workspace_id AND j.id = r.id
            WHERE r.workspace_id = ? AND r.id = ? AND r.status IN ('queued', 'processing') AND (j.id IS NULL OR j.epoch <> r.epoch
                OR j.state <> CASE r.status WHEN 'queued' THEN 'due' ELSE 'leased' END)
            """, [.id(workspace), .id(run)])
        guard let broken else { return nil }
        _ = try execute("DELETE FROM jobs WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(JobID(of: run))])
        let queued = try row(
            """
            UPDATE runs SET status = 'queued', step = 'queued', leased_by = NULL, lease_expires_at = NULL, updated_at = colophon_now(),
                queued_at = coalesce(queued_at, colophon_now()), epoch = CASE WHEN epoch < ? THEN ? ELSE epoch END + 1
            WHERE workspace_id = ? AND id = ?
            RETURNING version_id, extractor, extractor_version, attempt, epoch, priority, colophon_now() AS now
            """,
            [
                .integer(try broken.optionalInteger("job_epoch") ?? 0), .integer(try broken.optionalInteger("job_epoch") ?? 0),
                .id(workspace), .id(run),
            ])
        guard let queued else { return nil }
        try addJob(of: run, row: queued, isRepetition: true, in: workspace)
        if let worker = try broken.optionalText("leased_by") {
            try appendEvent(.leaseLost, of: document, run: run, actor: Self.actor, meta: ["worker": worker], in: workspace)
        } else {
            try appendEvent(.queued, of: document, run: run, actor: Self.actor, in: workspace)
        }
        noteChange(document, .upsert, in: workspace)
        return "was queued with a new job"
    }

    fileprivate func removeStray(_ fault: LedgerFault, in workspace: WorkspaceID) throws -> String? {
        guard let job = fault.job else { return nil }
        let removed = try execute(
            """
            DELETE FROM jobs WHERE workspace_id = ? AND id = ? AND run_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM runs r WHERE r.workspace_id = jobs.workspace_id AND r.id = jobs.run_id
                AND r.status IN ('queued', 'processing'))
            """, [.id(workspace), .id(job)])
        return removed > 0 ? "lost its stray job" : nil
    }

    /// A worker that lives renews the lease before it ends; one that does not loses it then.
    fileprivate func shortenLease(_ fault: LedgerFault, to lease: Duration, in workspace: WorkspaceID) throws -> String? {
        guard let job = fault.job else { return nil }
        let shortened = try row(
            """
            UPDATE jobs SET lease_expires_at = colophon_now() + ? WHERE workspace_id = ? AND id = ? AND state = 'leased'
                AND lease_expires_at > colophon_now() + ?
            RETURNING run_id, lease_expires_at
            """, [.milliseconds(lease), .id(workspace), .id(job), .milliseconds(lease)])
        guard let shortened else { return nil }
        _ = try execute(
            "UPDATE runs SET lease_expires_at = ? WHERE workspace_id = ? AND id = ? AND status = 'processing'",
            [.integer(try shortened.integer("lease_expires_at")), .id(workspace), .text(try shortened.optionalText("run_id") ?? "")])
        return "keeps its lease for \(lease.wholeMilliseconds / 1000) s more, unless its worker renews it"
    }

    fileprivate func makeDueNow(_ fault: LedgerFault, in workspace: WorkspaceID) throws -> String? {
        guard let job = fault.job else { return nil }
        let changed = try execute(
            """
            UPDATE jobs SET due_at = colophon_now(), order_at = colophon_now() + order_at - due_at
            WHERE workspace_id = ? AND id = ? AND state = 'due' AND due_at > colophon_now()
            """, [.id(workspace), .id(job)])
        return changed > 0 ? "is due now" : nil
    }

    fileprivate func serveNewest(of document: DocumentID, in workspace: WorkspaceID) throws -> String? {
        let newest = """
            (SELECT r.id FROM runs r WHERE r.workspace_id = files.workspace_id AND r.document_id = files.id AND r.status = 'complete'
            ORDER BY r.run_no DESC LIMIT 1)
            """
        let served = try row(
            """
            UPDATE files SET current_run_id = \(newest), updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND current_run_id IS DISTINCT FROM \(newest)
            RETURNING current_run_id, deleted_at
            """, [.id(workspace), .id(document)])
        guard let served else { return nil }
        noteChange(document, try served.optionalTime("deleted_at") == nil ? .upsert : .delete, in: workspace)
        return try served.optionalText("current_run_id").map { "serves run \($0)" } ?? "serves no run"
    }
}
