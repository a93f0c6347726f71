/// A place where the ledger breaks one of its own rules.
package struct LedgerFault: Hashable, Sendable {
    package var kind: Kind
    package var workspace: WorkspaceID?
    package var document: DocumentID?
    package var run: RunID?
    /// Nil unless a job is to blame.
    package var job: JobID?
    /// What is wrong, to follow its subject and a colon.
    package var message: String

    package enum Kind: String, CaseIterable, Sendable {
        /// A run waits or is processed, but no job says so.
        case runWithoutJob = "run_without_job"
        /// A job whose fencing number is not its run's: no claim of it could ever write.
        case jobEpoch = "job_epoch"
        /// A job whose run is gone, or neither waits nor is processed.
        case jobWithoutRun = "job_without_run"
        /// A lease that ends much later than any lease can.
        case leaseFarAhead = "lease_far_ahead"
        /// A job that may be claimed only much later than any retry waits.
        case dueFarAhead = "due_far_ahead"
        /// A document that serves another than its newest complete run.
        case wrongCurrentRun = "wrong_current_run"
        /// An event that is missing from a document's history, or that is not counted there.
        case historyGap = "history_gap"
        /// A change that is missing from a workspace's feed, or lies outside it.
        case feedGap = "feed_gap"
        /// Any other rule of `Store.violations`.
        case rule
        /// The engine itself finds its data damaged.
        case engine

        /// Whether it can be put right without guessing and without losing anything.
        package var isRepairable: Bool {
            switch self {
            case .runWithoutJob, .jobEpoch, .jobWithoutRun, .leaseFarAhead, .dueFarAhead, .wrongCurrentRun, .feedGap: true
            case .historyGap, .rule, .engine: false
            }
        }
    }

    package init(
        _ kind: Kind, workspace: WorkspaceID? = nil, document: DocumentID? = nil, run: RunID? = nil, job: JobID? = nil, message: String
    ) {
        self.kind = kind
        self.workspace = workspace
        self.document = document
        self.run = run
        self.job = job
        self.message = message
    }
}
