/// A permanent identity with its versions and runs.
package struct Document: Sendable, Equatable {
    package var id: DocumentID
    /// The name to show; of the newest version.
    package var name: String
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    /// The newest complete run, whose results exports serve; it only moves forward.
    package var currentRunID: RunID?

    package init(id: DocumentID, name: String, createdAt: Timestamp, updatedAt: Timestamp, currentRunID: RunID?) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.currentRunID = currentRunID
    }
}

/// A document with what its status is made of.
package struct DocumentDetail: Sendable, Equatable {
    package var document: Document
    /// The newest set of bytes.
    package var version: DocumentVersion
    /// The newest run; every document has one from its first upload on.
    package var run: Run

    package init(document: Document, version: DocumentVersion, run: Run) {
        self.document = document
        self.version = version
        self.run = run
    }
}
