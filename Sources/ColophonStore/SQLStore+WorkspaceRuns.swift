package import ColophonCore

extension SQLStore {
    package func runs(_ query: RunQuery, in scope: WorkspaceScope) async throws -> [Run] {
        let workspace = scope.workspace
        return try await database.walk { connection in
            if let document = query.document { _ = try connection.liveDocument(document, in: workspace) }
            return try connection.runs(query, in: workspace)
        }
    }

    package func run(_ run: RunID, in scope: WorkspaceScope) async throws -> Run {
        try await database.read { connection in
            let found = try connection.row(
                """
                SELECT \(RunColumns.all) FROM runs WHERE workspace_id = ? AND id = ? AND EXISTS (
                    SELECT 1 FROM files WHERE files.workspace_id = runs.workspace_id AND files.id = runs.document_id
                    AND files.deleted_at IS NULL)
                """, [.id(scope.workspace), .id(run)])
            guard let found else { throw ColophonError(.notFound, "No such run.", reason: "RUN_NOT_FOUND") }
            return try Run(row: found)
        }
    }

    package func versions(readBy runs: [Run], in scope: WorkspaceScope) async throws -> [VersionID: DocumentVersion] {
        guard !runs.isEmpty else { return [:] }
        return try await database.read { connection in
            let conditions = [
                SQLFragment("workspace_id = ?", [.id(scope.workspace)]),
                try connection.dialect.isAmong("id", Set(runs.map(\.versionID.rawValue)).sorted()),
            ]
            let rows = try connection.rows(
                varying: SQLFragment("SELECT * FROM file_versions WHERE ") + SQLFragment.joined(conditions, by: " AND "))
            let versions = try rows.map(DocumentVersion.init(row:))
            return Dictionary(versions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    package func activeRuns(in scope: WorkspaceScope) async throws -> Int {
        try await database.read { connection in
            var count = 0
            for (state, index) in [("due", "jobs_due"), ("leased", "jobs_leased")] {
                count +=
                    try connection.row(
                        """
                        SELECT count(*) AS n FROM jobs\(connection.dialect.indexed(by: index))
                        WHERE type = '\(JobType.extract)' AND workspace_id = ? AND state = '\(state)'
                        """, [.id(scope.workspace)])?.int("n") ?? 0
            }
            let waiting = try connection.row(
                """
                SELECT count(*) AS n FROM runs\(connection.dialect.indexed(by: "runs_waiting"))
                WHERE workspace_id = ? AND queued_at IS NULL AND duplicate_of IS NULL AND (status || '') = 'uploaded'
                """, [.id(scope.workspace)])
            return count + (try waiting?.int("n") ?? 0)
        }
    }

    package func startRuns(
        of ids: [DocumentID], recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope
    ) async throws -> Batch<Run> {
        let runs = Dictionary(ids.map { ($0, RunID.make(on: machine)) }) { first, _ in first }
        return try await database.write { transaction in
            let live = try transaction.lockLive(ids, in: scope.workspace)
            var started: [DocumentID: Run] = [:]
            for id in live.inOrder {
                guard let run = runs[id] else { continue }
                started[id] = try transaction.startRun(run, of: id, fresh: false, recipe: recipe, change: change, in: scope)
            }
            return Batch(items: ids.compactMap { started[$0] }, notFound: ids.filter { started[$0] == nil })
        }
    }
}

/// How many living runs are looked up by their jobs; of more, some are among the newest runs.
private let livingMax = 1000

extension SQLConnection {
    fileprivate func runs(_ query: RunQuery, in workspace: WorkspaceID) throws -> [Run] {
        let placed = placed(query, in: workspace)
        if query.document != nil {
            // A document has few; they are sorted.
            let statuses = query.statuses.isEmpty ? [] : [try dialect.isAmong("runs.status", query.statuses.map(\.rawValue).sorted())]
            return try runs("runs", placed + statuses, order: "(runs.created_at + 0) DESC, runs.id DESC", query)
        }
        if query.statuses.isEmpty { return try walk("runs_newest", placed, query) }
        // Each status by what finds it soonest.
        let found = try query.statuses.flatMap { try runs(of: $0, placed, query, in: workspace) }
        let sorted = found.sorted { ($1.createdAt.milliseconds, $1.id.rawValue) < ($0.createdAt.milliseconds, $0.id.rawValue) }
        return Array(sorted.prefix(query.limit))
    }

    private func runs(of status: RunStatus, _ placed: [SQLFragment], _ query: RunQuery, in workspace: WorkspaceID) throws -> [Run] {
        let word = SQLValue.text(status.rawValue)
        // By no index.
        let hasStatus = SQLFragment("(runs.status || '') = ?", [word])
        switch status {
        case .failed: return try walk("runs_failed", placed + [hasStatus, SQLFragment("runs.failed_at IS NOT NULL")], query)
        case .cancelled: return try walk("runs_cancelled", placed + [hasStatus, SQLFragment("runs.cancelled_at IS NOT NULL")], query)
        case .uploaded:
            let isWaiting = SQLFragment("runs.queued_at IS NULL AND runs.duplicate_of IS NULL")
            return try walk("runs_waiting", placed + [hasStatus, isWaiting], query)
        case .queued, .processing:
            guard let living = try livingRuns(in: workspace) else { break }
            let isLiving = try dialect.isAmong("runs.id", living)
            return try runs("runs", placed + [isLiving, hasStatus], order: "(runs.created_at + 0) DESC, runs.id DESC", query)
        case .complete: break
        }
        return try walk("runs_newest", placed + [hasStatus], query)
    }

    /// The runs that have a job, if they are few.
    private func livingRuns(in workspace: WorkspaceID) throws -> [String]? {
        var living: [String] = []
        for (state, index) in [("due", "jobs_due"), ("leased", "jobs_leased")] {
            living += try rows(
                varying: SQLFragment(
                    """
                    SELECT run_id FROM jobs\(dialect.indexed(by: index))
                    WHERE type = '\(JobType.extract)' AND workspace_id = ? AND state = '\(state)' LIMIT \(livingMax + 1)
                    """, [.id(workspace)])
            ).map { try $0.text("run_id") }
        }
        return living.count > livingMax ? nil : living
    }

    /// What every run of the list must be: of the workspace, behind the place, of a living document.
    private func placed(_ query: RunQuery, in workspace: WorkspaceID) -> [SQLFragment] {
        var conditions = [SQLFragment("runs.workspace_id = ?", [.id(workspace)])]
        if let document = query.document { conditions.append(SQLFragment("runs.document_id = ?", [.id(document)])) }
        if let after = query.after {
            let sign = "(runs.created_at, runs.id) < (?, ?)"
            conditions.append(SQLFragment(sign, [.time(after.createdAt), .id(after.id)]))
        }
        // Asked of one row at a time, and no join: the order is the index's.
        conditions.append(
            SQLFragment(
                """
                coalesce((SELECT files.deleted_at FROM files WHERE files.workspace_id = runs.workspace_id AND files.id = runs.document_id), 0) = 0
                """))
        return conditions
    }

    private func walk(_ index: String, _ conditions: [SQLFragment], _ query: RunQuery) throws -> [Run] {
        try runs("runs\(dialect.indexed(by: index))", conditions, order: "runs.created_at DESC, runs.id DESC", query)
    }

    private func runs(_ table: String, _ conditions: [SQLFragment], order: String, _ query: RunQuery) throws -> [Run] {
        let statement =
            "SELECT \(RunColumns.all) FROM \(table) WHERE " + SQLFragment.joined(conditions, by: " AND ") + " ORDER BY \(order)"
            + " LIMIT \([2, 11, 51, 101, 201].first { $0 >= query.limit } ?? query.limit)"
        return try rows(varying: statement).prefix(query.limit).map(Run.init(row:))
    }
}
