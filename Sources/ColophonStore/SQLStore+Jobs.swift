package import ColophonCore

extension SQLStore {
    /// How often one claim goes on where all that it has found was put off.
    private static let holdingRoundsMax = 32

    package func claimJobs(limit: Int, for worker: WorkerID, lease: Duration, holding: Duration?) async throws -> [ClaimedJob] {
        precondition(limit > 0, "a claim asks for at least one job")
        for _ in 0..<(holding == nil ? 1 : Self.holdingRoundsMax) {
            guard try await hasDueJobs(of: JobType.extract) else { break }
            let found = try await turns.with(JobType.extract) { known, mayForget in
                try await database.write { transaction in
                    let (picked, learnt) = try transaction.pick(
                        JobType.extract, limit: min(limit, SQLTable.rowsMax), known, mayForget: mayForget)
                    return (try transaction.start(picked, for: worker, lease: lease, holding: holding), learnt)
                }
            }
            if !found.started.isEmpty || found.heldCount == 0 { return found.started }
        }
        return []
    }

    package func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
        if beats.isEmpty { return [] }
        return try await database.write { transaction in
            try beats.tables.reduce(into: []) { $0.formUnion(try transaction.renew(Array($1), lease: lease)) }
        }
    }

    package func lost(among claims: [RunClaim]) async throws -> Set<RunClaim> {
        if claims.isEmpty { return [] }
        return try await database.read { connection in
            try claims.tables.reduce(into: []) { lost, claims in
                let table = SQLTable.claims(claims, connection.dialect)
                let valid = try connection.rows(
                    """
                    \(table.sql) SELECT claim.workspace_id AS workspace_id, claim.run_id AS run_id, claim.epoch AS epoch FROM claim
                    JOIN runs ON runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id AND runs.epoch = claim.epoch
                    WHERE runs.status = 'processing'
                    """, table.values)
                lost.formUnion(Set(claims).subtracting(try valid.map(RunClaim.init(row:))))
            }
        }
    }

    package func queueDepth() async throws -> QueueDepth {
        try await database.survey { connection in
            let row = try connection.row(
                "SELECT count(*) FILTER (WHERE state = 'due') AS waiting, count(*) FILTER (WHERE state = 'leased') AS claimed FROM jobs", []
            )
            return QueueDepth(waiting: try row?.int("waiting") ?? 0, claimed: try row?.int("claimed") ?? 0)
        }
    }
}

extension SQLTransaction {
    /// Extends leases where the claims are still valid.
    ///
    /// - Returns: The claims that are not.
    fileprivate func renew(_ beats: [Heartbeat], lease: Duration) throws -> Set<RunClaim> {
        let table = SQLTable(
            dialect, "claim",
            [("workspace_id", .text), ("run_id", .text), ("epoch", .integer), ("pages_done", .integer), ("pages_total", .integer)],
            beats.map {
                [
                    .id($0.claim.workspace), .id($0.claim.run), .integer($0.claim.epoch), $0.progress.map { .int($0.done) } ?? .null,
                    $0.progress.map { .int($0.total) } ?? .null,
                ]
            })
        try lockRuns(of: table)
        let end = try now() + lease
        let rows = try rows(
            """
            \(table.sql) UPDATE runs SET lease_expires_at = ?, heartbeat_at = colophon_now(), updated_at = colophon_now(),
                pages_done = coalesce(claim.pages_done, runs.pages_done), pages_total = coalesce(claim.pages_total, runs.pages_total)
            FROM claim WHERE runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id AND runs.epoch = claim.epoch
                AND runs.status = 'processing'
            RETURNING runs.workspace_id AS workspace_id, runs.id AS run_id, runs.epoch AS epoch
            """, table.values + [.time(end)])
        let valid = try rows.map(RunClaim.init(row:))
        if !valid.isEmpty {
            let table = SQLTable.claims(valid[...], dialect)
            _ = try execute(
                """
                \(table.sql) UPDATE jobs SET lease_expires_at = ? FROM claim
                WHERE jobs.workspace_id = claim.workspace_id AND jobs.id = claim.run_id AND jobs.epoch = claim.epoch
                    AND jobs.leased_by IS NOT NULL \(dialect.only("jobs.id", in: "claim", "run_id"))
                """, table.values + [.time(end)])
        }
        return Set(beats.map(\.claim)).subtracting(valid)
    }
}

extension SQLTable {
    /// The table `claim (workspace_id, run_id, epoch)`.
    static func claims(_ claims: ArraySlice<RunClaim>, _ dialect: SQLDialect) -> SQLTable {
        SQLTable(
            dialect, "claim", [("workspace_id", .text), ("run_id", .text), ("epoch", .integer)],
            claims.map { [.id($0.workspace), .id($0.run), .integer($0.epoch)] })
    }
}

extension RunClaim {
    init(row: SQLRow) throws {
        self.init(workspace: try row.id("workspace_id"), run: try row.id("run_id"), epoch: try row.integer("epoch"))
    }
}
