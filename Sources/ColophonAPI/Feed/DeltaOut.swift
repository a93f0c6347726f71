/// An entry of a workspace's feed.
public struct ChangeOut: Codable, Sendable, Equatable {
    /// A decimal number as text; without gaps, in the order in which the changes were made.
    public var id: String
    public var documentId: String
    /// `upsert` or `delete`.
    public var op: String

    public init(id: String, documentId: String, op: String) {
        self.id = id
        self.documentId = documentId
        self.op = op
    }
}

/// What changed in a workspace after a position of its feed, in order.
public struct DeltaOut: Codable, Sendable, Equatable {
    public var changes: [ChangeOut]
    /// What to send as `since` for what follows.
    public var nextSince: String
    public var hasMore: Bool

    public init(changes: [ChangeOut], nextSince: String, hasMore: Bool) {
        self.changes = changes
        self.nextSince = nextSince
        self.hasMore = hasMore
    }
}
