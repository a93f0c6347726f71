import ColophonCore

/// How a claim ends without a result.
extension SQLTransaction {
    /// Puts a claimed run back into the queue.
    ///
    /// - Parameters:
    ///   - counting: What else to set in the run's row, as SQL; nil is nothing.
    ///   - delay: How long from now the job is due.
    /// - Returns: When it is due; nil when the claim was no longer valid, and nothing was changed.
    func requeue(
        _ claim: RunClaim, counting: String?, event: DocumentEvent.Kind, meta: [String: String], delay: Duration, actor: String
    ) throws -> Timestamp? {
        let queued = try row(
            """
            UPDATE runs SET status = 'queued', step = 'queued', leased_by = NULL, lease_expires_at = NULL, updated_at = colophon_now()
                \(counting.map { ", \($0)" } ?? "")
            WHERE workspace_id = ? AND id = ? AND epoch = ? AND status = 'processing'
            RETURNING document_id, epoch
            """, [.id(claim.workspace), .id(claim.run), .integer(claim.epoch)])
        guard let queued else { return nil }
        let due = try makeDue(claim.run, in: claim.workspace, after: delay, epoch: try queued.integer("epoch"))
        let document: DocumentID = try queued.id("document_id")
        try appendEvent(event, of: document, run: claim.run, actor: actor, meta: meta, in: claim.workspace)
        noteChange(document, .upsert, in: claim.workspace)
        return due
    }

    /// Locks the document of a claimed run; documents are locked before runs, whoever acts, so that nobody waits in a circle.
    func lockDocument(of claim: RunClaim) throws {
        if dialect == .sqlite { return }
        _ = try rows(
            """
            SELECT 1 AS one FROM files WHERE workspace_id = ? AND id =
                (SELECT document_id FROM runs WHERE workspace_id = ? AND id = ?) \(dialect.forUpdate)
            """, [.id(claim.workspace), .id(claim.workspace), .id(claim.run)])
    }

    /// Locks a document before it, or anything of it, is read in order to be written.
    func lock(_ document: DocumentID, in workspace: WorkspaceID) throws {
        if dialect == .sqlite { return }
        _ = try rows(
            "SELECT 1 AS one FROM files WHERE workspace_id = ? AND id = ? \(dialect.forUpdate)", [.id(workspace), .id(document)])
    }

    /// Locks the runs of a locked document in the order in which everybody locks them: an UPDATE of several takes its own.
    func lockRuns(of document: DocumentID, in workspace: WorkspaceID) throws {
        if dialect == .sqlite { return }
        _ = try rows(
            "SELECT 1 AS one FROM runs WHERE workspace_id = ? AND document_id = ? ORDER BY id \(dialect.forUpdate)",
            [.id(workspace), .id(document)])
    }

    /// As `lockRuns(of:in:)` for claimed runs, of any documents.
    func lockRuns(of claims: SQLTable) throws {
        if dialect == .sqlite { return }
        _ = try rows(
            """
            \(claims.sql) SELECT 1 AS one FROM runs JOIN claim ON runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id
            ORDER BY runs.workspace_id, runs.document_id, runs.id \(dialect.forUpdate(of: "runs"))
            """, claims.values)
    }

    /// Ends a claimed run as failed and removes its job.
    ///
    /// - Parameters:
    ///   - lastAttempt: How the last attempt ended, for the event, where the failure itself speaks of all of them.
    ///   - isReaped: Whether its worker does not know: every reaping is one epoch further.
    /// - Throws: `conflict` with reason `LEASE_LOST` when the claim is no longer valid.
    func finishAsFailed(_ claim: RunClaim, _ failure: RunFailure, actor: String, lastAttempt: String? = nil, isReaped: Bool = false) throws
    {
        let failed = try row(
            """
            UPDATE runs SET status = 'failed', error_code = ?, error_message = ?, leased_by = NULL, lease_expires_at = NULL,
                dedupe_key = NULL, failed_at = colophon_now(), updated_at = colophon_now()\(isReaped ? ", epoch = epoch + 1" : "")
            WHERE workspace_id = ? AND id = ? AND epoch = ? AND status = 'processing'
            RETURNING document_id, run_no
            """,
            [.text(failure.code.rawValue), .text(failure.message), .id(claim.workspace), .id(claim.run), .integer(claim.epoch)])
        guard let failed else { throw ColophonError.leaseLost(claim.run) }
        try removeJobs(of: [(claim.workspace, claim.run)])
        let document: DocumentID = try failed.id("document_id")
        try noteOutcome(.failed, ofRun: try failed.integer("run_no"), of: document, in: claim.workspace)
        var meta = ["code": failure.code.rawValue, "message": failure.message]
        if let lastAttempt { meta["lastAttempt"] = lastAttempt }
        try appendEvent(.failed, of: document, run: claim.run, actor: actor, meta: meta, in: claim.workspace)
        noteChange(document, .upsert, in: claim.workspace)
    }
}
