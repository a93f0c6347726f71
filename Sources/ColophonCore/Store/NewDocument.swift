/// Uploaded bytes, stored and about to be recorded under a name.
package struct NewDocument: Sendable {
    /// Made safe to show.
    package var name: String
    package var bytes: NewVersion
    package var conflict: ConflictMode
    package var metadata: DocumentMetadata
    /// Normalised, sorted.
    package var tags: [String]

    package init(name: String, bytes: NewVersion, conflict: ConflictMode, metadata: DocumentMetadata, tags: [String]) {
        self.name = name
        self.bytes = bytes
        self.conflict = conflict
        self.metadata = metadata
        self.tags = tags
    }
}

/// Uploaded bytes, stored and about to be recorded.
package struct NewVersion: Sendable {
    package var receipt: BlobReceipt
    package var contentType: String
    /// What the sender calls the file, made safe to show.
    package var originalName: String
    /// Whether the run is queued at once; otherwise it waits in `uploaded`.
    package var process: Bool
    package var recipe: RunRecipe

    package init(receipt: BlobReceipt, contentType: String, originalName: String, process: Bool, recipe: RunRecipe) {
        self.receipt = receipt
        self.contentType = contentType
        self.originalName = originalName
        self.process = process
        self.recipe = recipe
    }
}

package struct CreatedDocument: Sendable, Equatable {
    package var row: DocumentRow
    /// Whether the document was made by this upload.
    package var created: Bool
    /// The version whose bytes these are, where they equal the newest ones: the uploaded blob is of no use then.
    package var reused: DocumentVersion?

    package init(row: DocumentRow, created: Bool, reused: DocumentVersion?) {
        self.row = row
        self.created = created
        self.reused = reused
    }
}

extension ColophonError {
    package static func nameTaken(_ name: String) -> Self {
        Self(.conflict, "A document called \"\(name)\" is here already.", field: "name", reason: "NAME_CONFLICT")
    }
}
