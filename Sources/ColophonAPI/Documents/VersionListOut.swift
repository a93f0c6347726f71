/// The bytes that a document has had, newest first.
public struct VersionListOut: Codable, Sendable, Equatable {
    /// At most 200; for older ones send the last one's `versionNo` as `before`.
    public var items: [VersionOut]
    /// Whether there are older ones.
    public var hasMore: Bool

    public init(items: [VersionOut], hasMore: Bool) {
        self.items = items
        self.hasMore = hasMore
    }
}

/// One upload of a document's bytes.
public struct VersionOut: Codable, Sendable, Equatable {
    public var id: String
    /// From 1 in its document.
    public var versionNo: Int
    public var byteSize: Int64
    public var contentType: String
    /// Lower-case hexadecimal.
    public var sha256: String
    /// What its sender called the file.
    public var name: String
    public var createdAt: String
    /// When the bytes went; none while they are there.
    @Nullable public var expiredAt: String?

    public init(
        id: String, versionNo: Int, byteSize: Int64, contentType: String, sha256: String, name: String, createdAt: String,
        expiredAt: String?
    ) {
        self.id = id
        self.versionNo = versionNo
        self.byteSize = byteSize
        self.contentType = contentType
        self.sha256 = sha256
        self.name = name
        self.createdAt = createdAt
        self.expiredAt = expiredAt
    }
}
