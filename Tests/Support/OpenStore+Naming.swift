package import ColophonCore

extension OpenStore {
    /// Records an upload under a name, of bytes that are told apart by `content`.
    @discardableResult
    package func create(
        _ name: String, _ content: String? = nil, conflict: ConflictMode = .reject, tags: [String] = [],
        metadata: DocumentMetadata = .empty, process: Bool = true, in other: WorkspaceScope? = nil
    ) async throws -> CreatedDocument {
        let scope = other ?? scope
        let new = NewDocument(
            name: name, bytes: version(content ?? name, name: name, process: process, in: scope), conflict: conflict,
            metadata: metadata, tags: try DocumentTag.normalized(tags))
        return try await store.createDocument(new, in: scope)
    }

    /// Stored bytes that are told apart by `content`.
    package func version(
        _ content: String, name: String = "v.pdf", process: Bool = true, in other: WorkspaceScope? = nil
    ) -> NewVersion {
        let key = BlobKey.source(in: (other ?? scope).workspace)
        return NewVersion(
            receipt: BlobReceipt(key: key, bytes: Int64(content.utf8.count), sha256: Self.sha256(content), head: []),
            contentType: name.hasSuffix(".txt") ? "text/plain" : "application/pdf", originalName: name, process: process,
            recipe: Self.recipe)
    }
}
