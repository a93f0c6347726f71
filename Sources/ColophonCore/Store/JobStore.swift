/// The queue. Workers act under claims; a claim is valid while the run's epoch is the claim's.
package protocol JobStore: Sendable {
    /// Claims due jobs for a worker: workspaces take turns, and in each the job comes first that was due first, its priority's delay added.
    ///
    /// Each claim raises the run's `attempt` and `epoch` and sets it to `processing`. Until its lease ends no other worker is
    /// given the job; the reaper then raises the epoch again, and the old one can no longer write. Any number of processes may call this at
    /// once.
    ///
    /// - Parameters:
    ///   - limit: The most jobs to claim, at least 1.
    ///   - worker: Who holds the leases.
    ///   - lease: How long each lasts unless renewed, counted on the database's clock.
    ///   - holding: For how long due jobs whose runs have a mapping are put off instead, untouched but for that: what maps is away. Nil
    ///     claims them too.
    /// - Returns: The claimed jobs; fewer than `limit` when fewer are due.
    /// - Complexity: O(`limit` + workspaces that have due jobs, 32 at most), by the index `jobs_due`; and a step for each job of a workspace
    ///   that waits for its time, where fewer are due than are asked for.
    func claimJobs(limit: Int, for worker: WorkerID, lease: Duration, holding: Duration?) async throws -> [ClaimedJob]

    /// Extends leases and records progress, for those claims that are still valid.
    ///
    /// - Returns: The claims that are no longer valid: cancelled, reaped or finished by another.
    func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim>

    /// Which of these claims are no longer valid; changes nothing.
    func lost(among claims: [RunClaim]) async throws -> Set<RunClaim>

    /// Publishes a run's result and ends its job, all or nothing.
    ///
    /// - Throws: `conflict` with reason `LEASE_LOST` when the claim is no longer valid: then nothing is written.
    func complete(_ claim: RunClaim, with result: RunResult) async throws

    /// Ends an attempt that failed: queues the run again when `policy` and the failure's class allow, or else fails it.
    ///
    /// An attempt that was lost counts against the version; a version that has lost `crashesMax` is quarantined, and its runs
    /// fail.
    ///
    /// - Parameter retryDelay: How long the next attempt must wait, if there is one.
    /// - Throws: `conflict` with reason `LEASE_LOST`, as `complete` does.
    func fail(_ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration) async throws -> FailureOutcome

    /// Hands a job back untried: it is due after a delay, and the attempt is not counted. A claim that is no longer valid is no error.
    func release(_ claim: RunClaim, after delay: Duration) async throws

    /// Queues runs again whose lease has ended, at most `limit`; those that lost too many leases fail.
    ///
    /// - Returns: How many leases had ended.
    func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int

    /// As `reapExpiredLeases`, for every lease of a worker that is known to be dead, whether it has ended or not.
    func reapLeases(of worker: WorkerID, limit: Int, policy: RetryPolicy) async throws -> Int

    /// Whether a worker holds any lease. Reaping passes over what somebody is writing just now, so none reaped does not mean none left.
    func hasLeases(_ worker: WorkerID) async throws -> Bool

    /// How many jobs wait and how many are claimed.
    func queueDepth() async throws -> QueueDepth

    /// The job of any workspace that has waited longest of those that may be claimed; nil when none waits. The operator's view.
    ///
    /// - Complexity: O(waiting jobs).
    func oldestWaitingJob() async throws -> OldestJob?
}

package struct QueueDepth: Sendable, Equatable {
    package var waiting: Int
    package var claimed: Int

    package init(waiting: Int, claimed: Int) {
        self.waiting = waiting
        self.claimed = claimed
    }
}

extension JobStore {
    package func claimJobs(limit: Int, for worker: WorkerID, lease: Duration) async throws -> [ClaimedJob] {
        try await claimJobs(limit: limit, for: worker, lease: lease, holding: nil)
    }

    package func release(_ claim: RunClaim) async throws { try await release(claim, after: .zero) }
}
