/// A run with what tells why it moves, or does not: the members of `RunOut`, and those that `RunReport` adds.
public struct RunDetailOut: Sendable, Equatable {
    public var run: RunOut
    /// Where it stands in the queue; nil unless it waits there.
    public var queue: RunReport.Queue?
    /// Who processes it; nil unless somebody does.
    public var lease: RunReport.Lease?
    /// How often a worker took it and how that ended, oldest first; the newest 50.
    public var attempts: [RunReport.Attempt]
    /// When it may be tried again, where that lies in the future.
    public var nextRetryAt: String?
    /// The server's time: the other times are best compared with it.
    public var asOf: String

    public init(
        run: RunOut, queue: RunReport.Queue?, lease: RunReport.Lease?, attempts: [RunReport.Attempt], nextRetryAt: String?, asOf: String
    ) {
        self.run = run
        self.queue = queue
        self.lease = lease
        self.attempts = attempts
        self.nextRetryAt = nextRetryAt
        self.asOf = asOf
    }
}

extension RunDetailOut: Codable {
    private enum CodingKeys: String, CodingKey { case queue, lease, attempts, nextRetryAt, asOf }

    public init(from decoder: any Decoder) throws {
        run = try RunOut(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        queue = try container.decodeIfPresent(RunReport.Queue.self, forKey: .queue)
        lease = try container.decodeIfPresent(RunReport.Lease.self, forKey: .lease)
        attempts = try container.decodeIfPresent([RunReport.Attempt].self, forKey: .attempts) ?? []
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
