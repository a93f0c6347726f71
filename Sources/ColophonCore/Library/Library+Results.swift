extension Library {
    /// A stored result: the bytes of the run that made it, never rendered again.
    ///
    /// - Parameter run: Pins the result to one run; nil takes the document's newest complete one.
    package func result(
        _ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, body: BlobBody) {
        let resolved = try await store.artifact(kind, run: run, of: id, in: scope)
        return (resolved, try await blobs.read(resolved.artifact.blob, range: nil))
    }

    /// The document's newest bytes, or a part of them.
    package func source(of version: DocumentVersion, range: Range<Int64>?) async throws -> BlobBody {
        try await blobs.read(version.blob, range: range)
    }
}

extension Library {
    /// The pages of a result, all at once.
    package func pages(
        run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, records: [PageRecord]) {
        let resolved = try await store.artifact(.pages, run: run, of: id, in: scope)
        return (resolved, try PageRecord.records(in: try await blobs.bytes(of: resolved.artifact.blob, bytesMax: bytesMax)))
    }
}
