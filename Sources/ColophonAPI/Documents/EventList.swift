/// A page of a document's history, in order.
public struct EventList: Codable, Sendable, Equatable {
    public var events: [Event]
    /// What to send as `after` for what follows.
    public var nextAfter: Int64
    public var hasMore: Bool

    public struct Event: Codable, Sendable, Equatable {
        /// From 1 in its document, without gaps.
        public var seq: Int64
        /// `created, queued, processing, retry, lease_lost, complete, failed, cancelled, …`
        public var type: String
        @Nullable public var runId: String?
        public var actor: String
        public var meta: [String: String]
        public var at: String

        public init(seq: Int64, type: String, runId: String?, actor: String, meta: [String: String], at: String) {
            self.seq = seq
            self.type = type
            self.runId = runId
            self.actor = actor
            self.meta = meta
            self.at = at
        }
    }

    public init(events: [Event], nextAfter: Int64, hasMore: Bool) {
        self.events = events
        self.nextAfter = nextAfter
        self.hasMore = hasMore
    }
}

/// The answer to a deletion.
public struct Deletion: Codable, Sendable, Equatable {
    public var ok: Bool
    public var documentId: String

    public init(documentId: String) {
        ok = true
        self.documentId = documentId
    }
}
