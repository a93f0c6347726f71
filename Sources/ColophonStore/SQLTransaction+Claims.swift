import ColophonCore

/// How picked jobs become claimed runs.
extension SQLTransaction {
    /// How long a job that has no run to start is left alone; `fsck` names it.
    private static let strayPause: Duration = .seconds(60)

    /// Starts the runs of picked jobs: `processing`, one attempt and one epoch further. Runs whose document somebody else is
    /// writing just now are left for the next claim, so that no claim ever waits for a lock.
    ///
    /// - Parameter holding: For how long those with a mapping are put off instead.
    func start(
        _ picked: [PickedJob], for worker: WorkerID, lease: Duration, holding: Duration? = nil
    ) throws -> (started: [ClaimedJob], heldCount: Int) {
        if picked.isEmpty { return ([], 0) }
        var free = try lockedRuns(of: picked)
        let waiting = picked.filter { free[$0.key]?.isWaiting == true }
        for stray in picked where stray.run == nil || free[stray.key]?.isWaiting == false { try putOff(stray, by: Self.strayPause) }
        guard let holding else { return (try start(waiting, &free, for: worker, lease: lease), 0) }
        let isHeld = { (job: PickedJob) in !job.isLate && free[job.key]?.settings.mapping != nil }
        let (held, others) = (waiting.filter(isHeld), waiting.filter { !isHeld($0) })
        for job in held { try putOff(job, by: holding) }
        return (try start(others, &free, for: worker, lease: lease), held.count)
    }

    private func start(
        _ waiting: [PickedJob], _ free: inout [Run.Key?: LockedRun], for worker: WorkerID, lease: Duration
    ) throws -> [ClaimedJob] {
        let jobs = waiting.filter { !$0.isLate }
        if jobs.count < waiting.count {
            for late in waiting where late.isLate { try failUntried(late) }
            // A document of a late run is in another place now.
            if !jobs.isEmpty { free = try lockedRuns(of: jobs) }
        }
        if jobs.isEmpty { return [] }
        let leaseExpiresAt = try self.lease(jobs, for: worker, lasting: lease)
        let runs = try jobs.map { job in
            guard let run = free[job.key] else { throw ColophonError(.internal, "A run changed while its job was being claimed.") }
            return (run, claim: RunClaim(workspace: job.workspace, run: run.id, epoch: job.epoch + 1))
        }
        let table = SQLTable(
            dialect, "picked", [("place", .place), ("epoch", .integer)], runs.map { [$0.place, .integer($1.epoch)] })
        let started = try execute(
            """
            \(table.sql) UPDATE runs SET status = 'processing', step = 'parsing', attempt = attempt + 1, epoch = picked.epoch,
                leased_by = ?, lease_expires_at = ?, heartbeat_at = colophon_now(), pages_done = 0,
                started_at = coalesce(started_at, colophon_now()), updated_at = colophon_now()
            FROM picked WHERE runs.\(dialect.place) = picked.place
            """, table.values + [.id(worker), .time(leaseExpiresAt)])
        guard started == jobs.count else { throw ColophonError(.internal, "A run changed while its job was being claimed.") }
        try append(
            runs.map { run, claim in
                NewEvent(
                    type: .processing, workspace: claim.workspace, document: run.document.id, run: run.id, actor: "worker:\(worker)",
                    meta: ["attempt": "\(run.attempt + 1)"])
            }, to: runs.map(\.0.document))
        return runs.map { run, claim in
            noteChange(run.document.id, .upsert, in: claim.workspace)
            return ClaimedJob(
                claim: claim, documentID: run.document.id, version: run.version, settings: run.settings, attempt: run.attempt + 1,
                leaseExpiresAt: leaseExpiresAt, isQuarantined: run.isQuarantined)
        }
    }

    /// A run that nobody else writes just now, and the version that it reads.
    private struct LockedRun {
        var place: SQLValue
        var id: RunID
        var isWaiting: Bool
        var attempt: Int
        var settings: RunSettings
        var document: HeldDocument
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
            \(table.sql) SELECT runs.\(dialect.place) AS place, runs.id AS run_id, runs.status AS run_status, runs.attempt AS attempt,
                runs.settings AS settings, files.\(dialect.place) AS document_place, files.event_count AS event_count, file_versions.* FROM picked
            JOIN runs ON runs.workspace_id = picked.workspace_id AND runs.id = picked.run_id
            JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
            JOIN file_versions ON file_versions.workspace_id = runs.workspace_id AND file_versions.id = runs.version_id
            \(dialect.forUpdateSkippingLocked(of: "files, runs"))
            """, table.values)
        return Dictionary(
            uniqueKeysWithValues: try rows.map {
                // What a newer version is to do is left for its workers.
                let settings = try? RunSettings(json: $0.text("settings"))
                let run = LockedRun(
                    place: try $0.value("place"), id: try $0.id("run_id"),
                    isWaiting: try settings != nil && $0.text("run_status") == "queued",
                    attempt: try $0.int("attempt"), settings: settings ?? RunSettings(),
                    document: try HeldDocument(row: $0), version: try DocumentVersion(row: $0),
                    isQuarantined: try $0.optionalTime("quarantined_at") != nil)
                return (Run.Key(workspace: run.document.workspace, run: run.id), run)
            })
    }

    /// Leaves a job alone for a while, its priority as it is: one whose run does not wait, which breaks a rule and must not stand in the way
    /// of the others, or one whose mapping is away.
    private func putOff(_ job: PickedJob, by pause: Duration) throws {
        _ = try execute(
            """
            UPDATE jobs SET due_at = colophon_now() + ?, order_at = colophon_now() + ? + order_at - due_at WHERE workspace_id = ? AND id = ?
            """, [.milliseconds(pause), .milliseconds(pause), .id(job.workspace), .id(job.id)])
    }

    /// A run that waited past its deadline ends without having been tried.
    private func failUntried(_ job: PickedJob) throws {
        guard let run = job.run else { return }
        let failure = RunFailure(.deadline)
        let failed = try row(
            """
            UPDATE runs SET status = 'failed', error_code = ?, error_message = ?, dedupe_key = NULL, failed_at = colophon_now(),
                updated_at = colophon_now()
            WHERE workspace_id = ? AND id = ? AND status = 'queued' RETURNING document_id, run_no
            """, [.text(failure.code.rawValue), .text(failure.message), .id(job.workspace), .id(run)])
        guard let failed else { return }
        let document: DocumentID = try failed.id("document_id")
        try noteOutcome(.failed, ofRun: try failed.integer("run_no"), of: document, in: job.workspace)
        try removeJobs(of: [(job.workspace, run)])
        try appendEvent(
            .failed, of: document, run: run, actor: "queue", meta: ["code": failure.code.rawValue, "message": failure.message],
            in: job.workspace)
        noteChange(document, .upsert, in: job.workspace)
    }
}
