/// A run with what tells why it moves, or does not: the members of `RunRecord`, and these beside them.
public struct RunReport: Sendable, Equatable {
    public var run: RunRecord
    /// Where it stands in the queue; nil unless it waits there.
    public var queue: Queue?
    /// Who processes it; nil unless somebody does.
    public var lease: Lease?
    /// How often a worker took it and how that ended, oldest first; the newest 50.
    public var attempts: [Attempt]
    /// When it may be tried again, where that lies in the future.
    public var nextRetryAt: String?
    /// The server's time: the other times are best compared with it.
    public var asOf: String

    public struct Queue: Codable, Sendable, Equatable {
        /// From 1 among the waiting runs of its workspace. Workspaces take turns, so that others' runs may come between.
        public var position: Int
        /// Whether there are more before it than were counted.
        public var positionIsMinimum: Bool
        /// From when a worker may take it.
        public var dueAt: String
        /// How many seconds later than by `dueAt` its turn comes.
        public var priority: Int
        /// How many runs of the workspace are being processed.
        public var processing: Int

        public init(position: Int, positionIsMinimum: Bool, dueAt: String, priority: Int, processing: Int) {
            self.position = position
            self.positionIsMinimum = positionIsMinimum
            self.dueAt = dueAt
            self.priority = priority
            self.processing = processing
        }
    }

    public struct Lease: Codable, Sendable, Equatable {
        public var worker: String
        /// When the run goes to another worker unless this one gives a sign of life.
        public var expiresAt: String
        @Nullable public var lastHeartbeatAt: String?

        public init(worker: String, expiresAt: String, lastHeartbeatAt: String?) {
            self.worker = worker
            self.expiresAt = expiresAt
            self.lastHeartbeatAt = lastHeartbeatAt
        }
    }

    public struct Attempt: Codable, Sendable, Equatable {
        /// From 1; an attempt that was handed back untried leaves its number to the next one.
        public var number: Int
        @Nullable public var worker: String?
        public var startedAt: String
        @Nullable public var endedAt: String?
        /// `retry, lease_lost, released, failed, complete, cancelled`; nil while it goes on.
        @Nullable public var outcome: String?
        @Nullable public var error: RunError?

        public init(number: Int, worker: String?, startedAt: String, endedAt: String?, outcome: String?, error: RunError?) {
            self.number = number
            self.worker = worker
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.outcome = outcome
            self.error = error
        }
    }

    public init(run: RunRecord, queue: Queue?, lease: Lease?, attempts: [Attempt], nextRetryAt: String?, asOf: String) {
        self.run = run
        self.queue = queue
        self.lease = lease
        self.attempts = attempts
        self.nextRetryAt = nextRetryAt
        self.asOf = asOf
    }
}

extension RunReport: Codable {
    private enum CodingKeys: String, CodingKey { case queue, lease, attempts, nextRetryAt, asOf }

    /// A server that is older than these members is understood too.
    public init(from decoder: any Decoder) throws {
        run = try RunRecord(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        queue = try container.decodeIfPresent(Queue.self, forKey: .queue)
        lease = try container.decodeIfPresent(Lease.self, forKey: .lease)
        attempts = try container.decodeIfPresent([Attempt].self, forKey: .attempts) ?? []
        nextRetryAt = try container.decodeIfPresent(String.self, forKey: .nextRetryAt)
        asOf = try container.decodeIfPresent(String.self, forKey: .asOf) ?? run.updatedAt
    }

    public func encode(to encoder: any Encoder) throws {
        try run.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(queue, forKey: .queue)
        try container.encode(lease, forKey: .lease)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(nextRetryAt, forKey: .nextRetryAt)
        try container.encode(asOf, forKey: .asOf)
    }
}
