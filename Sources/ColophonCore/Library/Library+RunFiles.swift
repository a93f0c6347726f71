extension Library {
    /// The bytes that a run reads, or read.
    package func version(readBy run: Run, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await store.version(readBy: run.id, of: run.documentID, in: scope)
    }

    /// What is recorded of one of a run's results; no byte of it is read.
    ///
    /// - Throws: As `result`.
    package func artifact(_ kind: ArtifactKind, of run: Run, in scope: WorkspaceScope) async throws -> Artifact {
        try await store.artifact(kind, run: run.id, of: run.documentID, in: scope).artifact
    }
}
