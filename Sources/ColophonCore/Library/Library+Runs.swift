extension Library {
    /// Queues the run that waits, or a new one over the newest version.
    ///
    /// - Parameter change: What is to be other than in the waiting run's settings, or in this process's.
    package func startRun(of id: DocumentID, changing change: SettingsChange = .none, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        let change = try checked(change)
        return try await waking {
            try await store.startRun(of: id, fresh: false, recipe: recipe, change: change, in: scope)
        }
    }

    /// Always a new run over the newest version.
    ///
    /// - Parameter change: What is to be other than in this process's settings.
    package func reparse(_ id: DocumentID, changing change: SettingsChange = .none, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        let change = try checked(change)
        return try await waking {
            try await store.startRun(of: id, fresh: true, recipe: recipe, change: change, in: scope)
        }
    }

    package func retry(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        return try await waking { try await store.retryRun(run, of: id, in: scope) }
    }

    private func waking(_ verb: () async throws -> Run) async throws -> Run {
        let run = try await verb()
        announceWork()
        return run
    }
}
