import ColophonCore

/// How results are published: many runs by a few statements, each run all or nothing.
extension SQLTransaction {
    /// Publishes results and ends their jobs, for those claims that are still valid; writes nothing for the others.
    ///
    /// - Returns: What became of each, in order.
    func complete(_ completions: [Completion]) throws -> [CompletionOutcome] {
        var held = try heldRuns(of: completions.map(\.claim))
        var won: [(completion: Completion, run: HeldRun)] = []
        // Each is taken once: a claim that is given twice is valid once.
        let outcomes = completions.map { completion -> CompletionOutcome in
            guard let run = held.removeValue(forKey: completion.claim) else { return .leaseLost }
            won.append((completion, run))
            return .published
        }
        if won.isEmpty { return outcomes }
        try end(won)
        // The same bytes sent again may find a server that can read these pages.
        for (completion, _) in won where completion.result.warnings.contains(where: { $0.code == .pagesNotRecognized }) {
            try takeKeyOfRecognizable(completion.claim.run, in: completion.claim.workspace)
        }
        try insertArtifacts(of: won.map(\.completion))
        try removeJobs(of: won.map { ($0.completion.claim.workspace, $0.completion.claim.run) })
        try append(
            won.map { completion, run in
                NewEvent(
                    type: .complete, workspace: completion.claim.workspace, document: run.document.id, run: completion.claim.run,
                    actor: "worker", meta: ["pages": "\(completion.result.pages)"], served: run.number)
            }, to: won.map(\.run.document))
        for (completion, run) in won { noteChange(run.document.id, .upsert, in: completion.claim.workspace) }
        return outcomes
    }

    /// A run that is processed under a valid claim, and cannot be taken from it any more.
    private struct HeldRun {
        var place: SQLValue
        var number: Int64
        var document: HeldDocument
    }

    /// Locks the runs of those claims that are valid. Documents are locked before runs, and both in one order, whoever acts: so nobody waits
    /// in a circle.
    private func heldRuns(of claims: [RunClaim]) throws -> [RunClaim: HeldRun] {
        let table = SQLTable.claims(claims[...], dialect)
        // As few columns as will do, since they are sorted: a run's claim tells the rest.
        let rows = try rows(
            """
            \(table.sql) SELECT claim.workspace_id AS workspace_id, claim.run_id AS run_id, claim.epoch AS epoch, runs.run_no AS run_no,
                runs.\(dialect.place) AS place, runs.document_id AS document_id, files.\(dialect.place) AS document_place,
                files.event_count AS event_count
            FROM claim JOIN runs ON runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id AND runs.epoch = claim.epoch
            JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
            WHERE runs.status = 'processing'
            ORDER BY runs.workspace_id, runs.document_id, runs.id \(dialect.forUpdate(of: "files, runs"))
            """, table.values)
        return Dictionary(
            try rows.map {
                let run = HeldRun(place: try $0.value("place"), number: try $0.integer("run_no"), document: try HeldDocument(row: $0))
                return (try RunClaim(row: $0), run)
            }
        ) { first, _ in first }
    }

    private func end(_ won: [(completion: Completion, run: HeldRun)]) throws {
        let keeps = try resultsKept(in: Set(won.map(\.completion.claim.workspace)))
        let table = SQLTable(
            dialect, "done", [("place", .place), ("pages", .integer), ("items", .integer), ("keep", .integer), ("warnings", .text)],
            try won.map { completion, run in
                [
                    run.place, .int(completion.result.pages), .int(completion.result.items),
                    keeps[completion.claim.workspace].map(SQLValue.integer) ?? .null,
                    try WarningList.encode(completion.result.warnings),
                ]
            })
        let ended = try execute(
            """
            \(table.sql) UPDATE runs SET status = 'complete', step = 'done', leased_by = NULL, lease_expires_at = NULL,
                completed_at = colophon_now(), updated_at = colophon_now(), pages_done = done.pages, pages_total = done.pages,
                item_count = done.items, warnings = done.warnings, expires_at = colophon_now() + done.keep
            FROM done WHERE runs.\(dialect.place) = done.place
            """, table.values)
        guard ended == won.count else { throw ColophonError(.internal, "A run changed while it was being completed.") }
    }

    /// How long each workspace keeps results, in milliseconds; those that keep them for ever are left out.
    private func resultsKept(in workspaces: Set<WorkspaceID>) throws -> [WorkspaceID: Int64] {
        let table = SQLTable(dialect, "asked", [("id", .text)], workspaces.map { [.id($0)] })
        let rows = try rows(
            """
            \(table.sql) SELECT workspaces.id AS id, workspaces.keep_results AS keep FROM asked JOIN workspaces ON workspaces.id = asked.id
            WHERE workspaces.keep_results IS NOT NULL
            """, table.values)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id("id"), try $0.integer("keep")) })
    }

    private func insertArtifacts(of completions: [Completion]) throws {
        let artifacts = completions.flatMap { completion in completion.result.artifacts.map { (completion.claim, $0) } }
        for artifacts in artifacts.tables {
            let table = SQLTable(
                dialect, "new",
                [
                    ("workspace_id", .text), ("run_id", .text), ("kind", .text), ("blob_key", .text), ("sha256", .text),
                    ("bytes", .integer),
                    ("content_type", .text),
                ],
                artifacts.map { claim, artifact in
                    [
                        .id(claim.workspace), .id(claim.run), .text(artifact.kind.rawValue), .text(artifact.blob.rawValue),
                        .text(artifact.sha256), .integer(artifact.bytes), .text(artifact.kind.contentType),
                    ]
                })
            _ = try execute(
                """
                \(table.sql) INSERT INTO artifacts (workspace_id, run_id, kind, blob_key, sha256, bytes, content_type, created_at)
                SELECT workspace_id, run_id, kind, blob_key, sha256, bytes, content_type, colophon_now() FROM new
                WHERE workspace_id IS NOT NULL
                """, table.values)
        }
    }
}

extension Run {
    struct Key: Hashable {
        var workspace: WorkspaceID
        var run: RunID

        init(workspace: WorkspaceID, run: RunID) { (self.workspace, self.run) = (workspace, run) }
        init(_ claim: RunClaim) { self.init(workspace: claim.workspace, run: claim.run) }
    }
}
