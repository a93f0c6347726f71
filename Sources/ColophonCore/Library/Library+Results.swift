import DoclingDocument

extension Library {
    /// A stored result: the bytes of the run that made it, never rendered again.
    ///
    /// - Parameter run: Pins the result to one run; nil takes the document's newest complete one.
    package func result(
        _ kind: ArtifactKind, run: RunID?, of id: DocumentID, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, body: BlobBody) {
        let resolved = try await store.artifact(kind, run: run, of: id, in: scope)
        return (resolved, try await blobs.read(resolved.artifact.blob, sha256: resolved.artifact.sha256))
    }

    /// The document's newest bytes, or a part of them.
    ///
    /// - Throws: `notFound` with reason `EXPIRED` when they are gone.
    package func source(of version: DocumentVersion, range: Range<Int64>?) async throws -> BlobBody {
        if version.expiredAt != nil { throw ColophonError.expired("The bytes of this document are") }
        guard let range else { return try await blobs.read(version.blob, sha256: version.sha256) }
        return try await blobs.read(version.blob, range: range)
    }

    /// The pages of a result, all at once.
    package func pages(
        run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, records: [PageRecord]) {
        let resolved = try await store.artifact(.pages, run: run, of: id, in: scope)
        let artifact = resolved.artifact
        return (resolved, try PageRecord.records(in: try await blobs.bytes(of: artifact.blob, sha256: artifact.sha256, bytesMax: bytesMax)))
    }

    /// One page of a result, rendered from the structure that the run stored.
    ///
    /// - Parameter bytesMax: A larger structure is not read for one page; its exports are still there.
    /// - Throws: `notFound` with reason `PAGE_NOT_FOUND` when the result has no such page, `unavailable` when too many ask at once.
    /// - Complexity: O(size of the structure).
    package func page(
        _ number: Int, run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, page: PageView) {
        try await readPage(number, run: run, of: id, bytesMax: bytesMax, in: scope) { try PageView(number, of: $0) }
    }

    /// Where the items of one page of a result lie, from the structure that the run stored.
    ///
    /// - Parameter bytesMax: As for `page`, whose errors and cost this has.
    package func pageBoxes(
        _ number: Int, run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope
    ) async throws -> (resolved: ResolvedArtifact, page: PageBoxes) {
        try await readPage(number, run: run, of: id, bytesMax: bytesMax, in: scope) { try PageBoxes(number, of: $0) }
    }

    /// - Parameter view: Nil when the document has no such page.
    private func readPage<View: Sendable>(
        _ number: Int, run: RunID?, of id: DocumentID, bytesMax: Int, in scope: WorkspaceScope,
        _ view: @escaping @Sendable (DoclingDocument) throws -> View?
    ) async throws -> (ResolvedArtifact, View) {
        let resolved = try await store.artifact(.structure, run: run, of: id, in: scope)
        let (pageCount, page) = try await pageGate.pass {
            let json = try await blobs.bytes(of: resolved.artifact.blob, sha256: resolved.artifact.sha256, bytesMax: bytesMax)
            return try await machine.heavyWork.run {
                do {
                    let document = try DoclingDocument(json: json)
                    return (document.pages.count, try view(document))
                } catch {
                    throw ColophonError(.internal, "A stored structure cannot be read.", cause: error)
                }
            }
        }
        guard let page else { throw ColophonError.noSuchPage(number, of: pageCount) }
        return (resolved, page)
    }
}
