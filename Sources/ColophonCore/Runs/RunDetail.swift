/// A run with what tells an operator why it moves, or does not; all of one moment.
package struct RunDetail: Sendable, Equatable {
    package var run: Run
    /// Where its job stands in the queue; nil unless it waits there.
    package var queue: QueuePlace?
    /// When its worker claimed it or last renewed its lease; nil before the first claim.
    package var heartbeatAt: Timestamp?
    /// Oldest first, at most `RunAttempt.toldMax`.
    package var attempts: [RunAttempt]
    /// The moment that all this is of, on the database's clock.
    package var at: Timestamp

    package init(run: Run, queue: QueuePlace?, heartbeatAt: Timestamp?, attempts: [RunAttempt], at: Timestamp) {
        self.run = run
        self.queue = queue
        self.heartbeatAt = heartbeatAt
        self.attempts = attempts
        self.at = at
    }

    /// When a run that failed, or lost its worker, may be tried again; nil when nothing has to pass before.
    package var nextRetryAt: Timestamp? {
        guard let dueAt = queue?.dueAt, dueAt > at, !attempts.isEmpty else { return nil }
        return dueAt
    }
}

/// A waiting job among those of its workspace; workspaces take turns, so others' jobs are not counted.
package struct QueuePlace: Sendable, Equatable {
    /// The most jobs that are counted before it.
    package static let aheadMax = 10_000

    /// How many jobs of its workspace come before it, up to `aheadMax`.
    package var ahead: Int
    /// Whether more come before it than were counted.
    package var aheadIsMore: Bool
    /// From when it may be claimed.
    package var dueAt: Timestamp
    /// Where it stands among those that may: a later time gives way to an earlier one.
    package var orderAt: Timestamp
    /// In seconds on the due time: a higher one gives way to others for so long.
    package var priority: Int
    /// How many runs of the workspace are being processed.
    package var processing: Int

    package init(ahead: Int, aheadIsMore: Bool, dueAt: Timestamp, orderAt: Timestamp, priority: Int, processing: Int) {
        self.ahead = ahead
        self.aheadIsMore = aheadIsMore
        self.dueAt = dueAt
        self.orderAt = orderAt
        self.priority = priority
        self.processing = processing
    }
}

/// The job that has waited longest of those that may be claimed, for operators.
package struct OldestJob: Sendable, Equatable {
    package var workspace: WorkspaceID
    package var document: DocumentID?
    package var run: RunID?
    package var dueAt: Timestamp
    /// The moment that it was looked for, on the database's clock.
    package var at: Timestamp

    package init(workspace: WorkspaceID, document: DocumentID?, run: RunID?, dueAt: Timestamp, at: Timestamp) {
        self.workspace = workspace
        self.document = document
        self.run = run
        self.dueAt = dueAt
        self.at = at
    }
}
