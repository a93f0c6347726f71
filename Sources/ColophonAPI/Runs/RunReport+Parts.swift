/// Where a run stands among those that wait.
public struct QueuePlaceOut: Codable, Sendable, Equatable {
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

/// Who has a run, and for how long.
public struct LeaseOut: Codable, Sendable, Equatable {
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

/// How a worker took a run, and how that ended.
public struct AttemptOut: Codable, Sendable, Equatable {
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
