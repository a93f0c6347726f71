import Logging

extension Library {
    /// Stores a body as a document's newest bytes and starts a run over them.
    ///
    /// - Parameters:
    ///   - id: The id that the client chose; nil makes a new document.
    ///   - name: What the sender calls the file; only shown.
    ///   - declaredType: The sender's word on its type; the bytes decide where they can.
    ///   - process: False leaves the run waiting in `uploaded`.
    ///   - duplicate: What to do where `id` is nil and the workspace has equal work already.
    /// - Throws: `tooLarge` past the limit, `invalid` when the body is empty, `conflict` for a deleted document's id; whatever
    ///   `body` throws. Then nothing has been recorded. `unavailable` or `storageFull` when bytes that are stored already could not be
    ///   compared or replaced; then the run has been recorded, and the same upload may be sent again.
    /// - Complexity: Bytes that are stored already are read once more: they are sent again, too, when they were lost.
    package func upload<Body: AsyncSequence & Sendable>(
        _ body: Body, to id: DocumentID?, name: String?, declaredType: String?, process: Bool = true,
        duplicate: DuplicateChoice = .reuse, in scope: WorkspaceScope
    ) async throws -> UploadOutcome where Body.Element == ArraySlice<UInt8> {
        try await upload(
            stage(body, in: scope), to: id, name: name, declaredType: declaredType, process: process, duplicate: duplicate, in: scope)
    }

    /// Stores a body's bytes. Nothing refers to them yet: they are to be recorded, or else discarded.
    ///
    /// - Parameter bytesMax: The most that is taken; nil takes the limit of uploads.
    /// - Throws: `tooLarge` past the limit, `invalid` when the body is empty; whatever `body` throws. Then nothing is stored.
    package func stage<Body: AsyncSequence & Sendable>(
        _ body: Body, bytesMax: Int64? = nil, in scope: WorkspaceScope
    ) async throws -> BlobReceipt where Body.Element == ArraySlice<UInt8> {
        try scope.require(.write)
        let receipt = try await blobs.put(
            .source(in: scope.workspace, on: machine), bytesMax: bytesMax ?? limits.uploadBytesMax, body: body)
        guard receipt.bytes > 0 else {
            await discard(receipt.key)
            throw ColophonError(.invalid, "The file is empty: it has no bytes.", reason: "EMPTY_DOCUMENT")
        }
        return receipt
    }

    /// Records bytes that were staged, as `upload` does those of a body.
    package func upload(
        _ receipt: BlobReceipt, to id: DocumentID?, name: String?, declaredType: String?, process: Bool = true,
        duplicate: DuplicateChoice = .reuse, in scope: WorkspaceScope
    ) async throws -> UploadOutcome {
        let upload = Upload(
            documentID: id, receipt: receipt, contentType: ContentType.sniff(receipt.head, declared: declaredType),
            originalName: OriginalName.sanitized(name), process: process, recipe: recipe, duplicate: duplicate)
        return try await recording(receipt, process: process, replacing: \.replacedBy) { try await store.acceptUpload(upload, in: scope) }
    }

    /// Records staged bytes, which are removed when they cannot be recorded or when a version has them already.
    ///
    /// - Parameter reused: The version that has them already; nil when they are its own.
    func recording<Outcome>(
        _ receipt: BlobReceipt, process: Bool, replacing reused: (Outcome) -> DocumentVersion?, _ record: () async throws -> Outcome
    ) async throws -> Outcome {
        let outcome: Outcome
        do {
            outcome = try await record()
        } catch {
            // After an internal error the commit may have happened: then only the sweep, which asks the database, may delete.
            if let error = error as? ColophonError, error.code != .internal { await discard(receipt.key) }
            throw error
        }
        if process { announceWork() }
        if let version = reused(outcome) { try await keep(version, insteadOf: receipt.key) }
        return outcome
    }

    /// Removes bytes that were sent and that a version has already, once it is sure that it has.
    private func keep(_ version: DocumentVersion, insteadOf sent: BlobKey) async throws {
        do { try await mend(version, with: sent) } catch {
            await discard(sent)
            throw error
        }
        await discard(sent)
    }

    /// Puts equal bytes in the place of those that a version has, unless they are there as they were recorded.
    private func mend(_ version: DocumentVersion, with sent: BlobKey) async throws {
        if version.expiredAt != nil { return }
        if try await blobs.holds(version.blob, bytes: version.bytes, sha256: version.sha256) { return }
        let pieces = try await blobs.read(sent, sha256: version.sha256)
        _ = try await blobs.put(version.blob, bytesMax: version.bytes, body: pieces.map { $0[...] })
        logger.notice(
            "Bytes that were lost or damaged were replaced by equal ones that were sent.",
            metadata: ["document": "\(version.documentID)", "blob": "\(version.blob)"])
    }

    /// Removes bytes that nothing refers to; what cannot be removed now is swept later.
    package func discard(_ key: BlobKey) async {
        do {
            try await blobs.delete(key)
        } catch {
            logger.warning("An unused blob could not be removed; it will be swept.", metadata: ["blob": "\(key)", "error": "\(error)"])
        }
    }
}

extension UploadOutcome {
    /// The version that has the bytes already; nil when they are its own.
    fileprivate var replacedBy: DocumentVersion? { keepsBlob ? nil : detail.version }
}
