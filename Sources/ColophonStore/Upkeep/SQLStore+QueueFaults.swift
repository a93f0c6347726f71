package import ColophonCore

extension SQLStore {
    package func jobFaults(leaseMax: Duration, waitMax: Duration, limit: Int) async throws -> [LedgerFault] {
        try await database.survey { connection in
            var found = try connection.strayJobs(limit: limit)
            found += try connection.jobEpochs(limit: limit - found.count)
            found += try connection.leasesFarAhead(beyond: leaseMax, limit: limit - found.count)
            return found + (try connection.jobsFarAhead(beyond: waitMax, limit: limit - found.count))
        }
    }

    package func feedFaults() async throws -> [LedgerFault] {
        let workspaces = try await database.read { connection in
            try connection.rows("SELECT workspace_id FROM workspace_feeds ORDER BY workspace_id", []).map { try $0.text("workspace_id") }
        }
        var found: [LedgerFault] = []
        for workspace in workspaces {
            if let fault = try await feedFault(of: workspace) { found.append(fault) }
        }
        return found
    }

    private func feedFault(of workspace: String) async throws -> LedgerFault? {
        var next: Int64 = 0
        while true {
            let from = next
            let look = try await database.read { try $0.lookAtFeed(of: workspace, from: from) }
            if let message = look.message {
                return LedgerFault(.feedGap, workspace: WorkspaceID(rawValue: workspace), message: message)
            }
            guard let following = look.next else { return nil }
            next = following
        }
    }
}

/// What a look at a part of a feed has found.
struct FeedLook {
    /// What is wrong there; nil when nothing is.
    var message: String?
    /// Where the next part begins; nil at the end.
    var next: Int64?

    /// How many changes are looked at in one snapshot.
    static let changesMax: Int64 = 20_000
}

extension SQLConnection {
    /// Looks at a part of a feed together with its bounds, which may move between two looks.
    func lookAtFeed(of workspace: String, from start: Int64) throws -> FeedLook {
        guard let feed = try row("SELECT head, floor FROM workspace_feeds WHERE workspace_id = ?", [.text(workspace)]) else {
            return FeedLook(message: nil, next: nil)
        }
        let (head, floor) = (try feed.integer("head"), try feed.integer("floor"))
        let from = max(start, floor)
        let through = min(head, from + FeedLook.changesMax - 1)
        // Keys are unique, so that a full count means that each is there.
        let there = try row(
            "SELECT count(*) AS count FROM changes WHERE workspace_id = ? AND id >= ? AND id <= ?",
            [.text(workspace), .integer(from), .integer(through)])
        let missing = max(0, through - from + 1) - (try there?.integer("count") ?? 0)
        if head > 0 && missing > 0 {
            let first = try firstMissing(from: from, of: workspace)
            return FeedLook(message: "its feed lacks change \(first)" + (missing > 1 ? " and \(missing - 1) more" : ""), next: nil)
        }
        if through < head { return FeedLook(message: nil, next: through + 1) }
        let outside = try row(
            "SELECT min(id) AS id FROM changes WHERE workspace_id = ? AND (id > ? OR id < ?)",
            [.text(workspace), .integer(head), .integer(floor)])
        let stray = try outside?.optionalInteger("id")
        return FeedLook(message: stray.map { "change \($0) lies outside its feed, which is from \(floor) to \(head)" }, next: nil)
    }

    /// The first change from an id on that is not there.
    private func firstMissing(from id: Int64, of workspace: String) throws -> Int64 {
        let values: [SQLValue] = [.text(workspace), .integer(id)]
        if try row("SELECT id FROM changes WHERE workspace_id = ? AND id = ?", values) == nil { return id }
        let last = try row(
            """
            SELECT min(c.id) AS id FROM changes c WHERE c.workspace_id = ? AND c.id >= ? AND NOT EXISTS (
                SELECT 1 FROM changes next WHERE next.workspace_id = c.workspace_id AND next.id = c.id + 1)
            """, values)
        return (try last?.optionalInteger("id") ?? id) + 1
    }

    fileprivate func strayJobs(limit: Int) throws -> [LedgerFault] {
        try rows(
            """
            SELECT j.workspace_id AS workspace_id, j.run_id AS run_id, j.id AS job_id, r.document_id AS document_id, r.status AS status
            FROM jobs j LEFT JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id
            WHERE j.run_id IS NOT NULL AND (r.id IS NULL OR r.status NOT IN ('queued', 'processing')) LIMIT ?
            """, [.int(limit)]
        ).map { row in
            let status = try row.optionalText("status").map { "is \($0)" } ?? "is gone"
            return try LedgerFault(.jobWithoutRun, row, message: "has a job, though it \(status)")
        }
    }

    fileprivate func jobEpochs(limit: Int) throws -> [LedgerFault] {
        try rows(
            """
            SELECT j.workspace_id AS workspace_id, r.document_id AS document_id, r.id AS run_id, j.id AS job_id, j.epoch AS job_epoch,
                r.epoch AS epoch
            FROM jobs j JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id
            WHERE r.status IN ('queued', 'processing') AND j.epoch <> r.epoch LIMIT ?
            """, [.int(limit)]
        ).map { row in
            let (job, run) = (try row.integer("job_epoch"), try row.integer("epoch"))
            return try LedgerFault(.jobEpoch, row, message: "is of epoch \(run), but its job is of epoch \(job)")
        }
    }

    fileprivate func leasesFarAhead(beyond most: Duration, limit: Int) throws -> [LedgerFault] {
        try rows(
            """
            SELECT j.workspace_id AS workspace_id, r.document_id AS document_id, j.run_id AS run_id, j.id AS job_id,
                j.lease_expires_at AS at
            FROM jobs j LEFT JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id
            WHERE j.state = 'leased' AND j.lease_expires_at > colophon_now() + ? LIMIT ?
            """, [.milliseconds(most), .int(limit)]
        ).map { try LedgerFault(.leaseFarAhead, $0, message: "is leased until \(try $0.time("at").text), further ahead than any lease") }
    }

    fileprivate func jobsFarAhead(beyond most: Duration, limit: Int) throws -> [LedgerFault] {
        try rows(
            """
            SELECT j.workspace_id AS workspace_id, r.document_id AS document_id, j.run_id AS run_id, j.id AS job_id, j.due_at AS at
            FROM jobs j LEFT JOIN runs r ON r.workspace_id = j.workspace_id AND r.id = j.run_id
            WHERE j.state = 'due' AND j.due_at > colophon_now() + ? LIMIT ?
            """, [.milliseconds(most), .int(limit)]
        ).map { try LedgerFault(.dueFarAhead, $0, message: "waits until \(try $0.time("at").text), further ahead than any retry") }
    }
}
