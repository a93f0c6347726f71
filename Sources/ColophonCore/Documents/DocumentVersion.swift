/// One set of bytes of a document; never changed once it is written.
package struct DocumentVersion: Sendable, Equatable {
    package var id: VersionID
    package var documentID: DocumentID
    /// From 1 in its document.
    package var number: Int
    /// SHA-256 of the bytes, lower-case hexadecimal.
    package var sha256: String
    package var bytes: Int64
    package var contentType: String
    /// What the sender called it, made safe to show.
    package var originalName: String
    package var blob: BlobKey
    package var createdAt: Timestamp
    /// When the bytes went; nil while they are there.
    package var expiredAt: Timestamp?

    package init(
        id: VersionID, documentID: DocumentID, number: Int, sha256: String, bytes: Int64, contentType: String, originalName: String,
        blob: BlobKey, createdAt: Timestamp, expiredAt: Timestamp? = nil
    ) {
        self.id = id
        self.documentID = documentID
        self.number = number
        self.sha256 = sha256
        self.bytes = bytes
        self.contentType = contentType
        self.originalName = originalName
        self.blob = blob
        self.createdAt = createdAt
        self.expiredAt = expiredAt
    }
}
