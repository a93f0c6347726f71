extension Library {
    /// Says, before a body is read, that its upload would be refused.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT` when `conflict` is `reject` and a live document has the name.
    package func checkName(_ name: String?, conflict: ConflictMode, in scope: WorkspaceScope) async throws {
        if conflict == .reject { try await store.checkName(OriginalName.sanitized(name), in: scope) }
    }

    /// Stores a body as a document of its own, or as another version of the one that has its name.
    ///
    /// - Parameters:
    ///   - name: What the sender calls the file.
    ///   - declaredType: The sender's word on its type; the bytes decide where they can.
    ///   - tags: As the client wrote them.
    ///   - process: False leaves the run waiting in `uploaded`.
    /// - Throws: As `stage` and `createDocument` do; a name that is taken is found before the body is stored. Then nothing has been recorded.
    package func createDocument<Body: AsyncSequence & Sendable>(
        _ body: Body, name: String?, declaredType: String?, conflict: ConflictMode = .reject, metadata: DocumentMetadata = .empty,
        tags: [String] = [], process: Bool = true, in scope: WorkspaceScope
    ) async throws -> DocumentRow where Body.Element == ArraySlice<UInt8> {
        try scope.require(.write)
        _ = try DocumentTag.normalized(tags)
        try await checkName(name, conflict: conflict, in: scope)
        return try await createDocument(
            try await stage(body, in: scope), name: name, declaredType: declaredType, conflict: conflict, metadata: metadata, tags: tags,
            process: process, in: scope)
    }

    /// Records bytes that were staged; they are removed when they cannot be.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT`; `invalid` when a tag is none.
    package func createDocument(
        _ receipt: BlobReceipt, name: String?, declaredType: String?, conflict: ConflictMode = .reject,
        metadata: DocumentMetadata = .empty, tags: [String] = [], process: Bool = true, in scope: WorkspaceScope
    ) async throws -> DocumentRow {
        try await recording(receipt, process: process, replacing: \.reused) {
            try scope.require(.write)
            let version = version(of: receipt, name: name, declaredType: declaredType, process: process)
            let new = NewDocument(
                name: version.originalName, bytes: version, conflict: conflict, metadata: metadata, tags: try DocumentTag.normalized(tags))
            return try await store.createDocument(new, in: scope)
        }.row
    }

    /// Stores a body as a document's newest version, and starts a run over it. The document keeps its name.
    package func addVersion<Body: AsyncSequence & Sendable>(
        _ body: Body, to id: DocumentID, name: String?, declaredType: String?, process: Bool = true, in scope: WorkspaceScope
    ) async throws -> DocumentRow where Body.Element == ArraySlice<UInt8> {
        try scope.require(.write)
        _ = try await store.documentRow(id, in: scope)
        return try await addVersion(
            try await stage(body, in: scope), to: id, name: name, declaredType: declaredType, process: process, in: scope)
    }

    /// Records bytes that were staged; they are removed when they cannot be.
    package func addVersion(
        _ receipt: BlobReceipt, to id: DocumentID, name: String?, declaredType: String?, process: Bool = true, in scope: WorkspaceScope
    ) async throws -> DocumentRow {
        try await recording(receipt, process: process, replacing: \.reused) {
            try scope.require(.write)
            let new = version(of: receipt, name: name, declaredType: declaredType, process: process)
            return try await store.addVersion(new, to: id, in: scope)
        }.row
    }

    private func version(of receipt: BlobReceipt, name: String?, declaredType: String?, process: Bool) -> NewVersion {
        NewVersion(
            receipt: receipt, contentType: ContentType.sniff(receipt.head, declared: declaredType),
            originalName: OriginalName.sanitized(name), process: process, recipe: recipe)
    }
}
