/// Uploaded bytes, stored and about to be recorded.
package struct Upload: Sendable {
    /// The id that the client chose; nil lets the store make one.
    package var documentID: DocumentID?
    package var receipt: BlobReceipt
    package var contentType: String
    package var originalName: String
    /// Whether the run is queued at once; otherwise it waits in `uploaded`.
    package var process: Bool
    package var recipe: RunRecipe
    package var duplicate: DuplicateChoice

    package init(
        documentID: DocumentID?, receipt: BlobReceipt, contentType: String, originalName: String, process: Bool,
        recipe: RunRecipe, duplicate: DuplicateChoice = .reuse
    ) {
        self.documentID = documentID
        self.receipt = receipt
        self.contentType = contentType
        self.originalName = originalName
        self.process = process
        self.recipe = recipe
        self.duplicate = duplicate
    }

    /// What this upload's run would be named by.
    package var dedupeKey: DedupeKey { DedupeKey(sha256: receipt.sha256, bytes: receipt.bytes, recipe: recipe) }
}

/// What becomes of an upload without an id whose bytes and settings the workspace has a run of already.
package enum DuplicateChoice: String, Sendable, CaseIterable {
    /// That run and its document are the answer; nothing new is recorded.
    case reuse
    /// A document of its own is recorded, whose run completes at once when that run has.
    case record
}

package struct UploadOutcome: Sendable, Equatable {
    package var detail: DocumentDetail
    /// Whether the document was made by this upload.
    package var created: Bool
    /// Whether the bytes equal the newest version's of the named document.
    package var reusedVersion: Bool
    /// The run of equal work that is the answer, with its document; nil when the upload was recorded.
    package var dedupedFrom: RunID?

    /// Whether a row refers to the uploaded blob; otherwise it is of no use.
    package var keepsBlob: Bool { !reusedVersion && dedupedFrom == nil }

    package init(detail: DocumentDetail, created: Bool, reusedVersion: Bool, dedupedFrom: RunID? = nil) {
        self.detail = detail
        self.created = created
        self.reusedVersion = reusedVersion
        self.dedupedFrom = dedupedFrom
    }
}

/// What a finished extraction publishes.
package struct RunResult: Sendable {
    package var artifacts: [Artifact]
    package var pages: Int
    package var items: Int
    package var warnings: [RunWarning]

    package init(artifacts: [Artifact], pages: Int, items: Int, warnings: [RunWarning] = []) {
        self.artifacts = artifacts
        self.pages = pages
        self.items = items
        self.warnings = warnings
    }
}

/// A stored result and the run that made it.
package struct ResolvedArtifact: Sendable, Equatable {
    package var artifact: Artifact
    package var run: Run
    package var version: DocumentVersion

    package init(artifact: Artifact, run: Run, version: DocumentVersion) {
        self.artifact = artifact
        self.run = run
        self.version = version
    }
}
