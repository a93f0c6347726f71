package import ColophonCore

extension Store {
    /// Starts a run, leaving one that waits as it is.
    package func startRun(of id: DocumentID, fresh: Bool, recipe: RunRecipe, in scope: WorkspaceScope) async throws -> Run {
        try await startRun(of: id, fresh: fresh, recipe: recipe, change: .none, in: scope)
    }

    /// The same for several documents.
    package func startRuns(of ids: [DocumentID], recipe: RunRecipe, in scope: WorkspaceScope) async throws -> Batch<Run> {
        try await startRuns(of: ids, recipe: recipe, change: .none, in: scope)
    }
}
