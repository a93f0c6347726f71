extension Library {
    /// Queues the run that waits, or a new one over the newest version.
    ///
    /// - Parameter languages: In which pages are recognised; nil leaves the waiting run's, or this process's.
    package func startRun(of id: DocumentID, inLanguages languages: [String]? = nil, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        return try await waking {
            try await store.startRun(of: id, fresh: false, recipe: recipe, settings: languages.map(RunSettings.init), in: scope)
        }
    }

    /// Always a new run over the newest version.
    ///
    /// - Parameter languages: In which pages are recognised; nil leaves this process's.
    package func reparse(_ id: DocumentID, inLanguages languages: [String]? = nil, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        return try await waking {
            try await store.startRun(of: id, fresh: true, recipe: recipe, settings: languages.map(RunSettings.init), in: scope)
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
