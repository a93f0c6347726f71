/// What happened to a job, oldest first.
public struct JobEventList: Codable, Sendable, Equatable {
    public struct Event: Codable, Sendable, Equatable {
        /// Its number among the events of the job's document.
        public var seq: Int64
        /// `created, queued, processing, retry, lease_lost, complete, failed, cancelled, downloaded, expired, …`
        public var eventType: String
        public var at: String
        public var actor: String
        public var meta: [String: String]

        enum CodingKeys: String, CodingKey {
            case seq, at, actor, meta
            case eventType = "event_type"
        }

        public init(seq: Int64, eventType: String, at: String, actor: String, meta: [String: String]) {
            self.seq = seq
            self.eventType = eventType
            self.at = at
            self.actor = actor
            self.meta = meta
        }
    }

    public var events: [Event]
    /// What to send as `after` for what follows; a page may be empty while there is more.
    public var nextAfter: Int64
    public var hasMore: Bool

    enum CodingKeys: String, CodingKey {
        case events
        case nextAfter = "next_after"
        case hasMore = "has_more"
    }

    public init(events: [Event], nextAfter: Int64, hasMore: Bool) {
        self.events = events
        self.nextAfter = nextAfter
        self.hasMore = hasMore
    }
}

/// A link that downloads one job's XML without any other credential.
public struct JobLink: Codable, Sendable, Equatable {
    /// A path on this server.
    public var url: String
    public var token: String
    public var expiresAt: String

    enum CodingKeys: String, CodingKey {
        case url, token
        case expiresAt = "expires_at"
    }

    public init(url: String, token: String, expiresAt: String) {
        self.url = url
        self.token = token
        self.expiresAt = expiresAt
    }
}
