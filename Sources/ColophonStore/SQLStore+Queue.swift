package import ColophonCore

extension SQLStore: JobQueue {
    package func enqueue(_ jobs: [NewJob]) async throws -> Int {
        precondition(!jobs.contains { $0.type == JobType.extract }, "jobs of runs are queued with their runs")
        return try await database.write { transaction in try jobs.tables.reduce(0) { $0 + (try transaction.enqueue($1)) } }
    }

    package func claim(_ type: String, limit: Int, for worker: WorkerID, lease: Duration) async throws -> [QueuedJob] {
        precondition(limit > 0, "a claim asks for at least one job")
        precondition(type != JobType.extract, "jobs of runs are claimed with their runs")
        guard try await hasDueJobs(of: type) else { return [] }
        return try await turns.with(type) { known, mayForget in
            try await database.write { transaction in
                let (picked, learnt) = try transaction.pick(type, limit: min(limit, SQLTable.rowsMax), known, mayForget: mayForget)
                if picked.isEmpty { return ([], learnt) }
                _ = try transaction.lease(picked, for: worker, lasting: lease)
                let jobs = picked.map {
                    QueuedJob(
                        claim: JobClaim(workspace: $0.workspace, job: $0.id, epoch: $0.epoch + 1), envelope: $0.envelope, dueAt: $0.dueAt)
                }
                return (jobs, learnt)
            }
        }
    }

    package func extend(_ claims: [JobClaim], lease: Duration) async throws -> Set<JobClaim> {
        try await database.write { transaction in
            let end = try transaction.now() + lease
            return try claims.tables.reduce(into: []) { lost, claims in
                let table = SQLTable.jobClaims(claims, transaction.dialect)
                let valid = try transaction.rows(
                    """
                    \(table.sql) UPDATE jobs SET lease_expires_at = ? FROM claim
                    WHERE jobs.workspace_id = claim.workspace_id AND jobs.id = claim.id AND jobs.epoch = claim.epoch
                        AND jobs.leased_by IS NOT NULL \(transaction.dialect.only("jobs.id", in: "claim", "id"))
                    RETURNING jobs.workspace_id AS workspace_id, jobs.id AS id, jobs.epoch AS epoch
                    """, table.values + [.time(end)])
                lost.formUnion(Set(claims).subtracting(try valid.map(JobClaim.init(row:))))
            }
        }
    }

    package func finish(_ claims: [JobClaim]) async throws -> Set<JobClaim> { try await endings.submit(claims) }

    package func putBack(_ claim: JobClaim, after delay: Duration) async throws -> Bool {
        try await database.write { transaction in
            let changed = try transaction.execute(
                """
                UPDATE jobs SET state = 'due', epoch = epoch + 1, leased_by = NULL, lease_expires_at = NULL, order_at = colophon_now() + ? + order_at - due_at,
                    due_at = colophon_now() + ?
                WHERE workspace_id = ? AND id = ? AND epoch = ? AND leased_by IS NOT NULL
                """,
                [
                    .milliseconds(delay), .milliseconds(delay), .id(claim.workspace), .id(claim.job), .integer(claim.epoch),
                ])
            return changed == 1
        }
    }

    /// Most looks find nothing; on SQLite they should not cost the one writer. On PostgreSQL a transaction that changes nothing is as cheap.
    func hasDueJobs(of type: String) async throws -> Bool {
        if database.dialect == .postgres { return true }
        return try await database.read { connection in
            try connection.row(
                "SELECT 1 AS one FROM jobs WHERE type = ? AND state = 'due' AND due_at <= colophon_now() LIMIT 1", [.text(type)]) != nil
        }
    }
}

extension SQLTransaction {
    fileprivate func enqueue(_ jobs: ArraySlice<NewJob>) throws -> Int {
        let table = SQLTable(
            dialect, "new",
            [
                ("workspace_id", .text), ("id", .text), ("type", .text), ("envelope", .text), ("key", .text), ("priority", .integer),
            ],
            jobs.map {
                [
                    .id($0.workspace), .id($0.id), .text($0.type), .text($0.envelope), .text($0.idempotencyKey),
                    .milliseconds($0.priority.delay),
                ]
            })
        return try execute(
            """
            \(table.sql) INSERT INTO jobs (workspace_id, id, type, envelope, state, due_at, order_at, idempotency_key)
            SELECT workspace_id, id, type, envelope, 'due', colophon_now(), colophon_now() + priority, key FROM new
            WHERE workspace_id IS NOT NULL ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
            """, table.values)
    }

    /// Removes the jobs of valid claims: by key and epoch alone, since any further condition could lead the planner to an index that is
    /// all dead entries.
    ///
    /// - Returns: The claims that are not valid.
    func finish(_ claims: [JobClaim]) throws -> Set<JobClaim> {
        try claims.tables.reduce(into: []) { lost, claims in
            let table = SQLTable.jobClaims(claims, dialect)
            let removed = try rows(
                """
                \(table.sql) DELETE FROM jobs WHERE (workspace_id, id, epoch) IN (SELECT workspace_id, id, epoch FROM claim)
                    \(dialect.only("id", in: "claim", "id"))
                RETURNING workspace_id, id, epoch
                """, table.values)
            lost.formUnion(Set(claims).subtracting(try removed.map(JobClaim.init(row:))))
        }
    }
}

extension SQLTable {
    /// The table `claim (workspace_id, id, epoch)`.
    fileprivate static func jobClaims(_ claims: ArraySlice<JobClaim>, _ dialect: SQLDialect) -> SQLTable {
        SQLTable(
            dialect, "claim", [("workspace_id", .text), ("id", .text), ("epoch", .integer)],
            claims.map { [.id($0.workspace), .id($0.job), .integer($0.epoch)] })
    }
}

extension JobClaim {
    fileprivate init(row: SQLRow) throws {
        self.init(workspace: try row.id("workspace_id"), job: try row.id("id"), epoch: try row.integer("epoch"))
    }
}
