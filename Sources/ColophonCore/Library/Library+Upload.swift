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
    ///   `body` throws. Then nothing has been recorded.
    package func upload<Body: AsyncSequence & Sendable>(
        _ body: Body, to id: DocumentID?, name: String?, declaredType: String?, process: Bool = true,
        duplicate: DuplicateChoice = .reuse, in scope: WorkspaceScope
    ) async throws -> UploadOutcome where Body.Element == ArraySlice<UInt8> {
        let receipt = try await blobs.put(.source(in: scope.workspace, on: machine), bytesMax: limits.uploadBytesMax, body: body)
        let outcome: UploadOutcome
        do {
            guard receipt.bytes > 0 else {
                throw ColophonError(.invalid, "The upload is empty; send the file as the request's body.", reason: "EMPTY_DOCUMENT")
            }
            outcome = try await store.acceptUpload(
                Upload(
                    documentID: id, receipt: receipt, contentType: ContentType.sniff(receipt.head, declared: declaredType),
                    originalName: OriginalName.sanitized(name), process: process, extractor: extractor, duplicate: duplicate),
                in: scope)
        } catch {
            // After an internal error the commit may have happened: then only the sweep, which asks the database, may delete.
            if let error = error as? ColophonError, error.code != .internal { await discard(receipt.key) }
            throw error
        }
        if !outcome.keepsBlob { await discard(receipt.key) }
        if process { announceWork() }
        return outcome
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
