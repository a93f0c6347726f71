import ColophonCore

/// How results are published: many runs by a few statements, each run all or nothing.
extension SQLTransaction {
    /// Publishes results and ends their jobs, for those claims that are still valid; writes nothing for the others.
    ///
    /// - Returns: What became of each, in order.
    func complete(_ completions: [Completion]) throws -> [CompletionOutcome] {
        let claims = SQLTable(
            dialect, "claim",
            [
                ("workspace_id", .text), ("run_id", .text), ("epoch", .integer), ("pages", .integer), ("items", .integer),
            ],
            completions.map {
                [
                    .id($0.claim.workspace), .id($0.claim.run), .integer($0.claim.epoch), .int($0.result.pages), .int($0.result.items),
                ]
            })
        try lockDocuments(of: claims)
        let rows = try rows(
            """
            \(claims.sql) UPDATE runs SET status = 'complete', step = 'done', leased_by = NULL, lease_expires_at = NULL,
                completed_at = colophon_now(), updated_at = colophon_now(), pages_done = claim.pages, pages_total = claim.pages,
                item_count = claim.items,
                expires_at = colophon_now() + (SELECT keep_results FROM workspaces WHERE workspaces.id = claim.workspace_id)
            FROM claim
            WHERE runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id AND runs.epoch = claim.epoch
                AND runs.status = 'processing'
            RETURNING runs.workspace_id AS workspace_id, runs.id AS id, runs.document_id AS document_id, runs.run_no AS run_no
            """, claims.values)
        // Two claims of one run have two epochs, so no more than one of them is answered.
        let published = Dictionary(
            uniqueKeysWithValues: try rows.map { (Run.Key(workspace: try $0.id("workspace_id"), run: try $0.id("id")), $0) })
        var won: [(completion: Completion, document: DocumentID, number: Int64)] = []
        var told: Set<Run.Key> = []
        let outcomes = try completions.map { completion -> CompletionOutcome in
            let run = Run.Key(completion.claim)
            guard let row = published[run], told.insert(run).inserted else { return .leaseLost }
            won.append((completion, try row.id("document_id"), try row.integer("run_no")))
            return .published
        }
        if won.isEmpty { return outcomes }
        try insertArtifacts(of: won.map(\.completion))
        try removeJobs(of: won.map { ($0.completion.claim.workspace, $0.completion.claim.run) })
        try append(
            won.map { completion, document, number in
                NewEvent(
                    type: .complete, workspace: completion.claim.workspace, document: document, run: completion.claim.run, actor: "worker",
                    meta: ["pages": "\(completion.result.pages)"], served: number)
            })
        for (completion, document, _) in won { noteChange(document, .upsert, in: completion.claim.workspace) }
        return outcomes
    }

    /// Documents are locked before runs, and both in one order, whoever acts: so nobody waits in a circle.
    private func lockDocuments(of claims: SQLTable) throws {
        if dialect == .sqlite { return }
        _ = try rows(
            """
            \(claims.sql) SELECT 1 AS one FROM files JOIN runs ON runs.workspace_id = files.workspace_id AND runs.document_id = files.id
            JOIN claim ON runs.workspace_id = claim.workspace_id AND runs.id = claim.run_id
            ORDER BY files.workspace_id, files.id, runs.id \(dialect.forUpdate(of: "files, runs"))
            """, claims.values)
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
