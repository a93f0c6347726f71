import ColophonCore

/// How picked jobs become claimed runs.
extension SQLTransaction {
    /// How long a job that has no run to start is left alone; `fsck` names it.
    private static let strayPause: Duration = .seconds(60)

    /// Starts the runs of picked jobs: `processing`, one attempt and one epoch further. Runs whose document somebody else is
    /// writing just now are left for the next claim, so that no claim ever waits for a lock.
    func start(_ picked: [PickedJob], for worker: WorkerID, lease: Duration) throws -> [ClaimedJob] {
        if picked.isEmpty { return [] }
        let free = try lockedRuns(of: picked)
        let waiting = picked.filter { free[$0.key]?.isWaiting == true }
        let jobs = waiting.filter { !$0.isLate }
        for late in waiting where late.isLate { try failUntried(late) }
        for stray in picked where stray.run == nil || free[stray.key]?.isWaiting == false { try putOff(stray) }
        if jobs.isEmpty { return [] }
        let leaseExpiresAt = try self.lease(jobs, for: worker, lasting: lease)
        let table = SQLTable(
            dialect, "picked", [("workspace_id", .text), ("run_id", .text), ("epoch", .integer)],
            jobs.map { [.id($0.workspace), $0.run.map(SQLValue.id) ?? .null, .integer($0.epoch + 1)] })
        // In the order in which they were picked: the statement answers in any.
        let places = Dictionary(uniqueKeysWithValues: jobs.enumerated().map { ($1.key, $0) })
        let rows = try rows(
            """
            \(table.sql) UPDATE runs SET status = 'processing', step = 'parsing', attempt = attempt + 1, epoch = picked.epoch,
                leased_by = ?, lease_expires_at = ?, heartbeat_at = colophon_now(), pages_done = 0,
                started_at = coalesce(started_at, colophon_now()), updated_at = colophon_now()
            FROM picked WHERE runs.workspace_id = picked.workspace_id AND runs.id = picked.run_id AND runs.status = 'queued'
            RETURNING runs.workspace_id AS workspace_id, runs.id AS run_id, runs.document_id AS document_id,
                runs.attempt AS attempt, runs.epoch AS epoch
            """, table.values + [.id(worker), .time(leaseExpiresAt)]
        ).sorted { try places[Run.Key(RunClaim(row: $0)), default: 0] < places[Run.Key(RunClaim(row: $1)), default: 0] }
        guard rows.count == jobs.count else { throw ColophonError(.internal, "A run changed while its job was being claimed.") }
        try append(
            rows.map { row in
                NewEvent(
                    type: .processing, workspace: try row.id("workspace_id"), document: try row.id("document_id"),
                    run: try row.id("run_id"), actor: "worker:\(worker)", meta: ["attempt": "\(try row.int("attempt"))"])
            })
        return try rows.map { row in
            let (claim, document): (RunClaim, DocumentID) = (try RunClaim(row: row), try row.id("document_id"))
            noteChange(document, .upsert, in: claim.workspace)
            guard let locked = free[Run.Key(claim)] else { throw ColophonError.unknownDocument() }
            return ClaimedJob(
                claim: claim, documentID: document, version: locked.version, attempt: try row.int("attempt"),
                leaseExpiresAt: leaseExpiresAt, isQuarantined: locked.isQuarantined)
        }
    }

    /// A run that nobody else writes just now, and the version that it reads.
    private struct LockedRun {
        var isWaiting: Bool
        var version: DocumentVersion
        var isQuarantined: Bool
    }

    /// Locks the picked jobs' runs and their documents, passing over those that are locked.
    private func lockedRuns(of jobs: [PickedJob]) throws -> [Run.Key?: LockedRun] {
        let table = SQLTable(
            dialect, "picked", [("workspace_id", .text), ("run_id", .text)],
            jobs.map { [.id($0.workspace), $0.run.map(SQLValue.id) ?? .null] })
        let rows = try rows(
            """
            \(table.sql) SELECT runs.id AS run_id, runs.status AS run_status, file_versions.* FROM picked
            JOIN runs ON runs.workspace_id = picked.workspace_id AND runs.id = picked.run_id
            JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
            JOIN file_versions ON file_versions.workspace_id = runs.workspace_id AND file_versions.id = runs.version_id
            \(dialect.forUpdateSkippingLocked(of: "files, runs"))
            """, table.values)
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                (
                    Run.Key(workspace: try $0.id("workspace_id"), run: try $0.id("run_id")),
                    LockedRun(
                        isWaiting: try $0.text("run_status") == "queued", version: try DocumentVersion(row: $0),
                        isQuarantined: try $0.optionalTime("quarantined_at") != nil)
                )
            })
    }

    /// A job whose run does not wait breaks a rule; it must not stand in the way of the others.
    private func putOff(_ job: PickedJob) throws {
        _ = try execute(
            """
            UPDATE jobs SET due_at = colophon_now() + ?, order_at = colophon_now() + ? WHERE workspace_id = ? AND id = ?
            """, [.milliseconds(Self.strayPause), .milliseconds(Self.strayPause), .id(job.workspace), .id(job.id)])
    }

    /// A run that waited past its deadline ends without having been tried.
    private func failUntried(_ job: PickedJob) throws {
        guard let run = job.run else { return }
        let failure = RunFailure(.deadline)
        let failed = try row(
            """
            UPDATE runs SET status = 'failed', error_code = ?, error_message = ?, dedupe_key = NULL, failed_at = colophon_now(),
                updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND status = 'queued' RETURNING document_id
            """, [.text(failure.code.rawValue), .text(failure.message), .id(job.workspace), .id(run)])
        guard let document: DocumentID = try failed?.id("document_id") else { return }
        try removeJobs(of: [(job.workspace, run)])
        try appendEvent(
            .failed, of: document, run: run, actor: "queue", meta: ["code": failure.code.rawValue, "message": failure.message],
            in: job.workspace)
        noteChange(document, .upsert, in: job.workspace)
    }
}
