extension Library {
    /// The bytes that a run reads, or read.
    package func version(readBy run: Run, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await store.version(readBy: run.id, of: run.documentID, in: scope)
    }

    /// What is recorded of one of a run's results; no byte of it is read.
    ///
    /// - Throws: As `result`.
    package func artifact(_ kind: ArtifactKind, of run: Run, in scope: WorkspaceScope) async throws -> Artifact {
        try await resolved(kind, of: run, in: scope).artifact
    }

    /// The same, with the run and the bytes that it is of.
    package func resolved(_ kind: ArtifactKind, of run: Run, in scope: WorkspaceScope) async throws -> ResolvedArtifact {
        try await store.artifact(kind, run: run.id, of: run.documentID, in: scope)
    }

    /// The same; nil where the run kept nothing of this kind.
    package func artifactIfKept(_ kind: ArtifactKind, of run: Run, in scope: WorkspaceScope) async throws -> Artifact? {
        do { return try await artifact(kind, of: run, in: scope) } catch let error as ColophonError where error.reason == "NO_SUCH_RESULT" {
            return nil
        }
    }
}
