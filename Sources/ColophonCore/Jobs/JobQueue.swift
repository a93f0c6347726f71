/// The bare queue: durable work that is not a run. Runs are claimed and ended through `JobStore`, which stands on the same table.
///
/// A job is delivered until somebody finishes it, so at least once; what is written under a claim must check its epoch.
/// Every method is one transaction and throws as `Store` says.
package protocol JobQueue: Sendable {
    /// Adds jobs; one whose idempotency key belongs to a live job already is left out.
    ///
    /// - Parameter jobs: Of workspaces that exist.
    /// - Returns: How many were added.
    func enqueue(_ jobs: [NewJob]) async throws -> Int

    /// Claims due jobs of one type: workspaces take turns, and in each the earliest comes first.
    ///
    /// - Parameters:
    ///   - limit: From 1; at most 1,024 are claimed at once.
    ///   - lease: How long each claim lasts unless extended, on the database's clock.
    /// - Complexity: O(`limit` + workspaces with due jobs), by the index `jobs_due`.
    func claim(_ type: String, limit: Int, for worker: WorkerID, lease: Duration) async throws -> [QueuedJob]

    /// Extends claims.
    ///
    /// - Returns: Those that are no longer valid.
    func extend(_ claims: [JobClaim], lease: Duration) async throws -> Set<JobClaim>

    /// Removes finished jobs, for those claims that are still valid. Calls that come at once share a commit.
    ///
    /// - Returns: The claims that were no longer valid; nothing was written for them.
    func finish(_ claims: [JobClaim]) async throws -> Set<JobClaim>

    /// Puts a job back, due after a delay.
    ///
    /// - Returns: Whether the claim was still valid.
    func putBack(_ claim: JobClaim, after delay: Duration) async throws -> Bool
}

/// A job to add.
package struct NewJob: Sendable {
    package var workspace: WorkspaceID
    package var id: JobID
    package var type: String
    /// What the worker is told, as JSON.
    package var envelope: String
    package var idempotencyKey: String
    package var priority: JobPriority

    package init(workspace: WorkspaceID, id: JobID, type: String, envelope: String, idempotencyKey: String, priority: JobPriority = .normal)
    {
        self.workspace = workspace
        self.id = id
        self.type = type
        self.envelope = envelope
        self.idempotencyKey = idempotencyKey
        self.priority = priority
    }
}

/// The right to act on one job: valid as long as the job's epoch is this one.
package struct JobClaim: Hashable, Sendable {
    package var workspace: WorkspaceID
    package var job: JobID
    package var epoch: Int64

    package init(workspace: WorkspaceID, job: JobID, epoch: Int64) {
        self.workspace = workspace
        self.job = job
        self.epoch = epoch
    }
}

/// A job that a worker has claimed.
package struct QueuedJob: Sendable, Equatable {
    package var claim: JobClaim
    package var envelope: String
    package var dueAt: Timestamp

    package init(claim: JobClaim, envelope: String, dueAt: Timestamp) {
        self.claim = claim
        self.envelope = envelope
        self.dueAt = dueAt
    }
}
