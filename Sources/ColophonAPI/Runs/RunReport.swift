/// A run with what tells why it moves, or does not: the members of `Base`, and these beside them.
public struct Reported<Base: ReportedRun>: Sendable, Equatable {
    public var run: Base
    /// Where it stands in the queue; nil unless it waits there.
    public var queue: QueuePlaceOut?
    /// Who processes it; nil unless somebody does.
    public var lease: LeaseOut?
    /// How often a worker took it and how that ended, oldest first; the newest 50.
    public var attempts: [AttemptOut]
    /// When it may be tried again, where that lies in the future.
    public var nextRetryAt: String?
    /// The server's time: the other times are best compared with it.
    public var asOf: String

    public init(run: Base, queue: QueuePlaceOut?, lease: LeaseOut?, attempts: [AttemptOut], nextRetryAt: String?, asOf: String) {
        self.run = run
        self.queue = queue
        self.lease = lease
        self.attempts = attempts
        self.nextRetryAt = nextRetryAt
        self.asOf = asOf
    }
}

/// As the older routes show a run.
public typealias RunReport = Reported<RunRecord>
/// As a workspace's routes show a run.
public typealias RunDetailOut = Reported<RunOut>

/// A run that can be reported on.
public protocol ReportedRun: Codable, Sendable, Equatable {
    var updatedAt: String { get }
}

extension RunRecord: ReportedRun {}
extension RunOut: ReportedRun {}

extension Reported: Codable {
    private enum CodingKeys: String, CodingKey { case queue, lease, attempts, nextRetryAt, asOf }

    /// A server that is older than these members is understood too.
    public init(from decoder: any Decoder) throws {
        run = try Base(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        queue = try container.decodeIfPresent(QueuePlaceOut.self, forKey: .queue)
        lease = try container.decodeIfPresent(LeaseOut.self, forKey: .lease)
        attempts = try container.decodeIfPresent([AttemptOut].self, forKey: .attempts) ?? []
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
