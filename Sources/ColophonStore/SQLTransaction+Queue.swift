import ColophonCore

/// A job that a claim has picked and locked; nothing is written yet.
struct PickedJob {
    var place: SQLValue
    var workspace: WorkspaceID
    var id: JobID
    var run: RunID?
    var epoch: Int64
    var envelope: String
    var dueAt: Timestamp
    /// Whether it should have been finished by now.
    var isLate: Bool

    /// Its run; nil for a job that has none.
    var key: Run.Key? { run.map { Run.Key(workspace: workspace, run: $0) } }
}

/// The bare queue: who may have which job, without a word about runs.
extension SQLTransaction {
    /// Picks due jobs of one type, rotating over workspaces, and locks them; jobs that another claim holds are passed over.
    ///
    /// - Parameter turns: What earlier claims learnt; returned as it is after this one.
    func pick(_ type: String, limit: Int, _ turns: ClaimTurns, mayForget: Bool) throws -> (jobs: [PickedJob], turns: ClaimTurns) {
        var turns = turns
        let start = try now()
        let isAnew = turns.begin(at: start, mayForget: mayForget)
        var jobs: [PickedJob] = []
        for look in 0..<ClaimTurns.looksMax {
            if look > 0 { turns.lookOn() }
            let sawAll = try find(type, limit: limit, at: start, &turns)
            try ask(type, limit: limit, at: start, &turns, &jobs)
            if try sawAll || !jobs.isEmpty || now() - ClaimTurns.looksTime > start { break }
        }
        if isAnew {
            let end = try now()
            turns.lookingTook(.milliseconds(end.milliseconds - start.milliseconds), at: end)
        }
        return (jobs, turns)
    }

    /// Looks for workspaces with jobs, as many as could be served.
    ///
    /// - Returns: Whether there are no others, or enough was found.
    private func find(_ type: String, limit: Int, at start: Timestamp, _ turns: inout ClaimTurns) throws -> Bool {
        var foundCount = 0
        for gap in turns.gaps {
            var after = gap.after
            // More than are asked for would not be served anyway.
            while foundCount < limit, turns.hasRoom, let found = try workspaceWithJobs(type, after: after, before: gap.before) {
                let isDue = found.dueAt <= start
                turns.found(found.workspace, head: found.head, isDue: isDue, at: start)
                if isDue { foundCount += 1 }
                after = found.workspace
            }
        }
        return turns.endLooking()
    }

    /// Asks the known workspaces in turn.
    private func ask(_ type: String, limit: Int, at start: Timestamp, _ turns: inout ClaimTurns, _ jobs: inout [PickedJob]) throws {
        let rotation = turns.rotation
        for (index, workspace) in rotation.enumerated() where jobs.count < limit {
            let share = ClaimTurns.share(of: limit - jobs.count, among: turns.sharers(rotation[index...]))
            let rows = try dueJobs(type, of: workspace, from: turns.start(of: workspace), limit: share)
            jobs += try rows.map {
                PickedJob(
                    place: try $0.value("place"), workspace: workspace, id: try $0.id("id"), run: try $0.optionalID("run_id"),
                    epoch: try $0.integer("epoch"),
                    envelope: try $0.text("envelope"),
                    dueAt: try $0.time("due_at"), isLate: try $0.optionalTime("deadline_at").map { $0 <= start } ?? false)
            }
            turns.served(workspace, upTo: try rows.last?.time("order_at"), at: start)
        }
    }

    /// The next workspace with jobs that nobody holds, due or not.
    private func workspaceWithJobs(
        _ type: String, after: WorkspaceID?, before: WorkspaceID?
    ) throws -> (workspace: WorkspaceID, head: Timestamp, dueAt: Timestamp)? {
        let upper = before == nil ? "" : "AND workspace_id < ?"
        let found = try row(
            """
            SELECT workspace_id, order_at, due_at FROM jobs WHERE type = ? AND state = 'due' AND workspace_id > ? \(upper)
            ORDER BY workspace_id, order_at, id LIMIT 1
            """, [.text(type), .text(after?.rawValue ?? "")] + (before.map { [.id($0)] } ?? []))
        return try found.map { (try $0.id("workspace_id"), try $0.time("order_at"), try $0.time("due_at")) }
    }

    /// What is not due yet lies behind what is, since its order never comes before its time.
    private func dueJobs(_ type: String, of workspace: WorkspaceID, from place: Timestamp?, limit: Int) throws -> [SQLRow] {
        try rows(
            """
            SELECT \(dialect.place) AS place, id, run_id, epoch, order_at, due_at, deadline_at, envelope FROM jobs
            WHERE type = ? AND workspace_id = ? AND state = 'due' AND order_at >= ? AND due_at <= colophon_now()
            ORDER BY order_at, id LIMIT ? \(dialect.forUpdateSkippingLocked(of: "jobs"))
            """,
            [.text(type), .id(workspace), .integer(place?.milliseconds ?? .min), .int(limit)])
    }

    /// Leases picked jobs, one epoch further.
    ///
    /// - Returns: When the leases end.
    func lease(_ jobs: [PickedJob], for worker: WorkerID, lasting lease: Duration) throws -> Timestamp {
        let end = try now() + lease
        for jobs in jobs.tables {
            let table = SQLTable(dialect, "picked", [("place", .place)], jobs.map { [$0.place] })
            let leased = try execute(
                """
                \(table.sql) UPDATE jobs SET state = 'leased', leased_by = ?, lease_expires_at = ?, epoch = epoch + 1 FROM picked
                WHERE jobs.\(dialect.place) = picked.place
                """, table.values + [.id(worker), .time(end)])
            guard leased == jobs.count else { throw ColophonError(.internal, "A job changed while it was being claimed.") }
        }
        return end
    }

    /// Puts the jobs of runs back into the queue, due after a delay.
    ///
    /// - Returns: When they are due.
    func makeDue(_ run: RunID, in workspace: WorkspaceID, after delay: Duration, epoch: Int64) throws -> Timestamp {
        let job = try row(
            """
            UPDATE jobs SET state = 'due', leased_by = NULL, lease_expires_at = NULL, due_at = colophon_now() + ?, epoch = ?,
                order_at = colophon_now() + ? + (SELECT priority * 1000 FROM runs WHERE runs.workspace_id = ? AND runs.id = ?)
            WHERE workspace_id = ? AND id = ? RETURNING due_at
            """,
            [
                .milliseconds(delay), .integer(epoch), .milliseconds(delay), .id(workspace), .id(run), .id(workspace), .id(run),
            ])
        guard let job else { throw ColophonError(.internal, "Run \(run) was claimed, but has no job.") }
        return try job.time("due_at")
    }

    func removeJobs(of runs: [(workspace: WorkspaceID, run: RunID)]) throws {
        for runs in runs.tables {
            let table = SQLTable(
                dialect, "ended", [("workspace_id", .text), ("run_id", .text)], runs.map { [.id($0.workspace), .id($0.run)] })
            _ = try execute(
                """
                \(table.sql) DELETE FROM jobs WHERE (workspace_id, id) IN (SELECT workspace_id, run_id FROM ended)
                    \(dialect.only("id", in: "ended", "run_id"))
                """, table.values)
        }
    }
}
