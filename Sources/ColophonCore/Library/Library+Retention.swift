import Logging

extension Library {
    /// How many documents one transaction gives a new time.
    private static let rescheduleBatch = 100

    package func retention(of workspace: WorkspaceID) async throws -> RetentionPolicy { try await store.retention(of: workspace) }

    /// Sets what a workspace keeps, for what is there and for what will come. Interrupted, it is to be called again.
    ///
    /// - Throws: `notFound` for an unknown workspace, `invalid` for a time that is not above zero.
    package func setRetention(_ policy: RetentionPolicy, of workspace: WorkspaceID) async throws {
        for time in [policy.sources, policy.results, policy.afterDownload] {
            if let time, time <= .zero { throw ColophonError(.invalid, "A time to keep something must be above zero.") }
        }
        try await store.setRetention(policy, of: workspace)
        var last: DocumentID?
        repeat {
            last = try await store.reschedule(after: last, limit: Self.rescheduleBatch, in: workspace)
        } while last != nil
    }

    /// Records that a result was sent to its last byte. It has been: a failure to say so is logged, not thrown.
    package func noteDownload(of resolved: ResolvedArtifact, in scope: WorkspaceScope) async {
        do {
            try await store.noteDownload(of: resolved.run.id, of: resolved.run.documentID, in: scope)
        } catch {
            logger.warning("A download could not be recorded.", metadata: ["run": "\(resolved.run.id)", "error": "\(error)"])
        }
    }
}
