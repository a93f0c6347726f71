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

    package func startRuns(
        of ids: [DocumentID], extractor: ExtractorIdentity, in scope: WorkspaceScope
    ) async throws -> Batch<Run> {
        let runs = Dictionary(ids.map { ($0, RunID.make(on: machine)) }) { first, _ in first }
        return try await database.write { transaction in
            let live = try transaction.lockLive(ids, in: scope.workspace)
            var started: [DocumentID: Run] = [:]
            for id in live.inOrder {
                guard let run = runs[id] else { continue }
                started[id] = try transaction.startRun(run, of: id, fresh: false, extractor: extractor, in: scope)
            }
            return Batch(items: ids.compactMap { started[$0] }, notFound: ids.filter { started[$0] == nil })
        }
    }
}

extension SQLConnection {
    fileprivate func runs(_ query: RunQuery, in workspace: WorkspaceID) throws -> [Run] {
        var conditions = [SQLFragment("runs.workspace_id = ?", [.id(workspace)])]
        if let document = query.document { conditions.append(SQLFragment("runs.document_id = ?", [.id(document)])) }
        if !query.statuses.isEmpty { conditions.append(try dialect.isAmong("runs.status", query.statuses.map(\.rawValue).sorted())) }
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
        // A document has few; they are sorted.
        let (table, order) =
            query.document == nil
            ? ("runs\(dialect.indexed(by: "runs_newest"))", "runs.created_at DESC, runs.id DESC")
            : ("runs", "(runs.created_at + 0) DESC, runs.id DESC")
        let statement =
            "SELECT \(RunColumns.all) FROM \(table) WHERE " + SQLFragment.joined(conditions, by: " AND ") + " ORDER BY \(order)"
            + " LIMIT \([2, 11, 51, 101, 201].first { $0 >= query.limit } ?? query.limit)"
        return try rows(varying: statement).prefix(query.limit).map(Run.init(row:))
    }
}
