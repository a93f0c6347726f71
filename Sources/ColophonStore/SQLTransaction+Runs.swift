import ColophonCore

/// How run rows and job rows are written, for the verbs that do.
extension SQLTransaction {
    /// Adds a run over a version.
    ///
    /// - Parameters:
    ///   - isQueued: Whether it is queued at once, with a job.
    ///   - isFirst: Whether its document was made for it.
    ///   - isRepetition: Whether the version has been run before, so that the plain idempotency key stands for that.
    ///   - key: The dedupe key that it is to hold; the caller holds the key's lock, and nobody the key.
    func addRun(
        _ id: RunID, isQueued: Bool, over version: DocumentVersion, isFirst: Bool, isRepetition: Bool, recipe: RunRecipe,
        key: DedupeKey? = nil, in scope: WorkspaceScope
    ) throws -> Run {
        let workspace = scope.workspace
        let number = try countRun(of: version.documentID, isFirst: isFirst, waits: !isQueued, in: workspace)
        _ = try execute(
            """
            INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, status, step, extractor, extractor_version, settings,
                dedupe_key, trace_id, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, 'uploaded', 'queued', ?, ?, ?, ?, ?, colophon_now(), colophon_now())
            """,
            [
                .id(workspace), .id(id), .id(version.documentID), .id(version.id), .integer(number), .text(recipe.name),
                .text(recipe.version), .text(recipe.settings.json), key.map { .text($0.rawValue) } ?? .null, .id(id),
            ])
        if isQueued { try queue(id, isRepetition: isRepetition, isNew: true, in: scope) }
        noteChange(version.documentID, .upsert, in: workspace)
        return try run(id, of: version.documentID, in: workspace)
    }

    /// Counts a run of a locked document, the newest from now on.
    ///
    /// - Parameters:
    ///   - isFirst: Whether the document was made for it, and says already what lists show.
    ///   - waits: Whether it is not queued at once.
    /// - Returns: Its number.
    func countRun(of document: DocumentID, isFirst: Bool, waits: Bool, in workspace: WorkspaceID) throws -> Int64 {
        let counted: SQLRow?
        if isFirst {
            counted = try row(
                "UPDATE files SET run_count = run_count + 1 WHERE workspace_id = ? AND id = ? RETURNING run_count",
                [.id(workspace), .id(document)])
        } else {
            counted = try row(
                """
                UPDATE files SET run_count = run_count + 1, last_run_at = \(dialect.editTime), active_at = \(dialect.activityTime),
                    last_outcome = ?
                WHERE workspace_id = ? AND id = ? RETURNING run_count
                """, [waits ? .text(RunStatus.uploaded.rawValue) : .null, .id(workspace), .id(document)])
        }
        guard let number = try counted?.integer("run_count") else { throw ColophonError.unknownDocument() }
        return number
    }

    /// Has lists show how a document's newest run has ended; an older run's end changes nothing.
    ///
    /// The document is locked. Only such ends write it: what is claimed or complete is told apart by the run itself.
    func noteOutcome(_ status: RunStatus, ofRun number: Int64, of document: DocumentID, in workspace: WorkspaceID) throws {
        _ = try execute(
            "UPDATE files SET last_outcome = ? WHERE workspace_id = ? AND id = ? AND run_count = ?",
            [.text(status.rawValue), .id(workspace), .id(document), .integer(number)])
    }

    /// Moves a run from `uploaded` or `failed` to `queued` and adds its job, due at once.
    ///
    /// - Parameter isNew: Whether it was just added, and its document says so.
    func queue(_ id: RunID, isRepetition: Bool, isNew: Bool = false, in scope: WorkspaceScope) throws {
        let workspace = scope.workspace
        let queued = try row(
            """
            UPDATE runs SET status = 'queued', step = 'queued', error_code = NULL, error_message = NULL, failed_at = NULL,
                failed_attempts = 0, lost_leases = 0, pages_done = 0, queued_at = colophon_now(), updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND status IN ('uploaded', 'failed')
            RETURNING document_id, run_no, version_id, extractor, extractor_version, attempt, epoch, priority, colophon_now() AS now
            """, [.id(workspace), .id(id)])
        guard let queued else {
            throw ColophonError(.conflict, "Only a run that waits or has failed can be queued.", reason: "INVALID_STATE")
        }
        try addJob(of: id, row: queued, isRepetition: isRepetition, in: workspace)
        let document = try queued.id("document_id", as: DocumentID.self)
        if !isNew { try noteAsking(forRun: try queued.integer("run_no"), of: document, in: workspace) }
        try appendEvent(.queued, of: document, run: id, actor: scope.actor, in: workspace)
        noteChange(document, .upsert, in: workspace)
    }

    /// Has lists show that somebody asked for a run that is there already.
    private func noteAsking(forRun number: Int64, of document: DocumentID, in workspace: WorkspaceID) throws {
        _ = try execute(
            """
            UPDATE files SET active_at = \(dialect.activityTime),
                last_run_at = CASE WHEN run_count = ? THEN \(dialect.editTime) ELSE last_run_at END,
                last_outcome = CASE WHEN run_count = ? THEN NULL ELSE last_outcome END
            WHERE workspace_id = ? AND id = ?
            """, [.integer(number), .integer(number), .id(workspace), .id(document)])
    }

    /// Adds the job of a queued run, due at once.
    ///
    /// - Parameter row: Of the run, with `priority` and `now`.
    func addJob(of run: RunID, row: SQLRow, isRepetition: Bool, in workspace: WorkspaceID) throws {
        let envelope = try JobEnvelope(run: run, isRepetition: isRepetition, row: row, workspace: workspace)
        _ = try execute(
            """
            INSERT INTO jobs (workspace_id, id, run_id, type, envelope, state, due_at, order_at, epoch)
            VALUES (?, ?, ?, ?, ?, 'due', colophon_now(), colophon_now() + ?, ?)
            """,
            [
                .id(workspace), .id(JobID(of: run)), .id(run), .text(JobType.extract), .text(try envelope.json()),
                .integer(try row.integer("priority") * 1000), .integer(try row.integer("epoch")),
            ])
    }

    /// Ends every given run at once and raises its epoch, so that whoever holds it can write nothing more.
    ///
    /// - Parameter condition: Which of the document's runs, as SQL over `runs`.
    func cancelRuns(of document: DocumentID, where condition: String, _ values: [SQLValue], in scope: WorkspaceScope) throws {
        try lockRuns(of: document, in: scope.workspace)
        let cancelled = try rows(
            """
            UPDATE runs SET status = 'cancelled', epoch = epoch + 1, leased_by = NULL, lease_expires_at = NULL, dedupe_key = NULL,
                cancelled_at = colophon_now(), updated_at = colophon_now()
            WHERE workspace_id = ? AND document_id = ? AND status IN ('uploaded', 'queued', 'processing') AND \(condition)
            RETURNING id, run_no
            """, [.id(scope.workspace), .id(document)] + values
        ).sorted { try $0.int("run_no") < $1.int("run_no") }
        if cancelled.isEmpty { return }
        let runs: [RunID] = try cancelled.map { try $0.id("id") }
        try removeJobs(of: runs.map { (scope.workspace, $0) })
        try noteOutcome(.cancelled, ofRun: try cancelled.last?.integer("run_no") ?? 0, of: document, in: scope.workspace)
        try append(
            runs.map { NewEvent(type: .cancelled, workspace: scope.workspace, document: document, run: $0, actor: scope.actor) })
        noteChange(document, .upsert, in: scope.workspace)
    }
}
