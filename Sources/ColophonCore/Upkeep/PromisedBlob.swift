/// Bytes that a row says are there.
package struct PromisedBlob: Hashable, Sendable, Codable {
    package var workspace: WorkspaceID
    package var document: DocumentID
    /// The version that they are, or that they were made from.
    package var version: VersionID
    /// The run that they are a result of; nil for uploaded bytes.
    package var run: RunID?
    /// What the row calls the key; a damaged row may hold one that no blob store would take.
    package var key: String
    package var bytes: Int64
    /// Lower-case hexadecimal.
    package var sha256: String

    package init(
        workspace: WorkspaceID, document: DocumentID, version: VersionID, run: RunID?, key: String, bytes: Int64, sha256: String
    ) {
        self.workspace = workspace
        self.document = document
        self.version = version
        self.run = run
        self.key = key
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// Documents whose keys lie after one and up to another, in order of (workspace, id).
package struct DocumentRange: Sendable, Equatable {
    /// Exclusive; nil is the beginning.
    package var after: DocumentKey?
    /// Inclusive.
    package var through: DocumentKey

    package init(after: DocumentKey?, through: DocumentKey) {
        self.after = after
        self.through = through
    }
}

package struct DocumentKey: Hashable, Sendable {
    package var workspace: WorkspaceID
    package var document: DocumentID

    package init(workspace: WorkspaceID, document: DocumentID) {
        self.workspace = workspace
        self.document = document
    }
}
