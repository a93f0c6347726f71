package import ColophonCore

extension SQLStore {
    package func runs(of id: DocumentID, limit: Int, before number: Int?, in scope: WorkspaceScope) async throws -> [Run] {
        try await database.read { connection in
            _ = try connection.liveDocument(id, in: scope.workspace)
            return try connection.rows(
                """
                SELECT \(RunColumns.all) FROM runs WHERE workspace_id = ? AND document_id = ? AND run_no < ?
                ORDER BY run_no DESC LIMIT ?
                """,
                [.id(scope.workspace), .id(id), .int(number ?? .max), .int(limit)]
            ).map(Run.init(row:))
        }
    }

    package func run(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await database.read { try $0.run(run, of: id, in: scope.workspace) }
    }

    package func startRun(
        of id: DocumentID, fresh: Bool, recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope
    ) async throws -> Run {
        let run = RunID.make(on: machine)
        return try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            return try transaction.startRun(run, of: id, fresh: fresh, recipe: recipe, change: change, in: scope)
        }
    }

    package func cancelRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            let before = try transaction.run(run, of: id, in: scope.workspace)
            guard before.status != .complete, before.status != .failed else {
                throw ColophonError(.conflict, "The run has already ended as \(before.status.rawValue).", reason: "INVALID_STATE")
            }
            try transaction.cancelRuns(of: id, where: "id = ?", [.id(run)], in: scope)
            return try transaction.run(run, of: id, in: scope.workspace)
        }
    }

    package func cancelRuns(of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            _ = try transaction.liveDocument(id, in: scope.workspace)
            try transaction.cancelRuns(of: id, where: "1 = 1", [], in: scope)
            return try transaction.run(nil, of: id, in: scope.workspace)
        }
    }

    package func retryRun(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            let before = try transaction.run(run, of: id, in: scope.workspace)
            guard before.status == .failed else {
                throw ColophonError(
                    .conflict, "Only a failed run can be tried again; this one is \(before.status.rawValue).", reason: "INVALID_STATE")
            }
            let version = try transaction.version(before.versionID, of: id, in: scope.workspace)
            if version.expiredAt != nil { throw ColophonError.expired("The bytes of this run are") }
            // Somebody asked for it: a version that was set aside gets another chance.
            _ = try transaction.execute(
                "UPDATE file_versions SET crash_count = 0, quarantined_at = NULL WHERE workspace_id = ? AND id = ?",
                [.id(scope.workspace), .id(before.versionID)])
            try transaction.appendEvent(.retry, of: id, run: run, actor: scope.actor, in: scope.workspace)
            try transaction.queue(run, isRepetition: before.number > 1, in: scope)
            try transaction.takeKeyIfFree(for: run, in: scope.workspace)
            return try transaction.run(run, of: id, in: scope.workspace)
        }
    }

    package func artifact(_ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> ResolvedArtifact {
        try await database.read { connection in
            let document = try connection.liveDocument(id, in: scope.workspace)
            guard let pinned = run ?? document.currentRunID else {
                throw ColophonError(.conflict, "No run of this document is complete yet.", reason: "NOT_READY")
            }
            let run = try connection.run(pinned, of: id, in: scope.workspace)
            guard run.status == .complete else {
                throw ColophonError(.conflict, "This run is \(run.status.rawValue), not complete.", reason: "NOT_READY")
            }
            if run.expiredAt != nil { throw ColophonError.expired("The results of this run are") }
            let row = try connection.row(
                "SELECT * FROM artifacts WHERE workspace_id = ? AND run_id = ? AND kind = ?",
                [.id(scope.workspace), .id(run.duplicateOf ?? run.id), .text(kind.rawValue)])
            guard let row else { throw ColophonError(.notFound, kind.absence, reason: "NO_SUCH_RESULT") }
            let artifact = Artifact(
                kind: kind, blob: try row.blobKey(), sha256: try row.text("sha256"), bytes: try row.integer("bytes"))
            return ResolvedArtifact(
                artifact: artifact, run: run, version: try connection.version(run.versionID, of: id, in: scope.workspace))
        }
    }
}

extension SQLTransaction {
    /// Queues the waiting run of a locked document, or a new one.
    func startRun(
        _ run: RunID, of id: DocumentID, fresh: Bool, recipe: RunRecipe, change: SettingsChange, in scope: WorkspaceScope
    ) throws -> Run {
        let newest = try self.run(nil, of: id, in: scope.workspace)
        let waiting = try row(
            """
            SELECT id, run_no FROM runs WHERE workspace_id = ? AND document_id = ? AND status = 'uploaded'
            ORDER BY run_no DESC LIMIT 1
            """, [.id(scope.workspace), .id(newest.documentID)])
        if let waiting, !fresh {
            let run: RunID = try waiting.id("id")
            if change != .none {
                let own = try self.run(run, of: id, in: scope.workspace).settings
                try set(change.applied(to: own), ofWaiting: run, in: scope.workspace)
            }
            try queue(run, isRepetition: try waiting.int("run_no") > 1, in: scope)
            try takeKeyIfFree(for: run, in: scope.workspace)
            return try self.run(run, of: id, in: scope.workspace)
        }
        let version = try version(of: id, in: scope.workspace)
        if version.expiredAt != nil { throw ColophonError.expired("The bytes of this document are") }
        let added = try addRun(
            run, isQueued: true, over: version, isFirst: false, isRepetition: true, recipe: recipe.with(change), in: scope)
        try takeKeyIfFree(for: run, in: scope.workspace)
        return added
    }

    /// The run is other work then, and held by another key.
    private func set(_ settings: RunSettings, ofWaiting run: RunID, in workspace: WorkspaceID) throws {
        _ = try execute(
            "UPDATE runs SET settings = ?, dedupe_key = NULL WHERE workspace_id = ? AND id = ? AND settings <> ?",
            [.text(settings.json), .id(workspace), .id(run), .text(settings.json)])
    }
}
