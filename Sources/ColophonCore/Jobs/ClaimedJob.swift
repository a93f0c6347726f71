/// The right to write about one run: valid as long as the run's epoch is this one.
package struct RunClaim: Hashable, Sendable {
    package var workspace: WorkspaceID
    package var run: RunID
    package var epoch: Int64

    package init(workspace: WorkspaceID, run: RunID, epoch: Int64) {
        self.workspace = workspace
        self.run = run
        self.epoch = epoch
    }
}

/// A run that a worker has claimed, with all it needs to execute it.
package struct ClaimedJob: Sendable, Equatable {
    package var claim: RunClaim
    package var documentID: DocumentID
    package var version: DocumentVersion
    /// How it is to be read.
    package var settings: RunSettings
    package var attempt: Int
    package var leaseExpiresAt: Timestamp
    /// Whether the version was set aside, because readers of it were cut off too often: it must not be read.
    package var isQuarantined: Bool

    package init(
        claim: RunClaim, documentID: DocumentID, version: DocumentVersion, settings: RunSettings, attempt: Int, leaseExpiresAt: Timestamp,
        isQuarantined: Bool
    ) {
        self.isQuarantined = isQuarantined
        self.claim = claim
        self.documentID = documentID
        self.version = version
        self.settings = settings
        self.attempt = attempt
        self.leaseExpiresAt = leaseExpiresAt
    }
}

/// A worker's sign of life for one claim.
package struct Heartbeat: Sendable {
    package var claim: RunClaim
    /// Nil until the document has been opened.
    package var progress: PageProgress?

    package init(claim: RunClaim, progress: PageProgress?) {
        self.claim = claim
        self.progress = progress
    }
}

/// What a worker learns after it reported a failure.
package enum FailureOutcome: Sendable, Equatable {
    case failed
    case retrying(at: Timestamp)
}
