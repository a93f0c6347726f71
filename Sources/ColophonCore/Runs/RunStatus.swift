/// Where a run stands. The transitions below are all there are.
package enum RunStatus: String, CaseIterable, Sendable {
    case uploaded, queued, processing, complete, failed, cancelled

    /// The statuses that may follow this one; none when it is final.
    package var successors: Set<RunStatus> {
        switch self {
        case .uploaded: [.queued, .cancelled]
        // To `failed`: the circuit is open and set to fail fast, or the deadline has passed.
        case .queued: [.processing, .failed, .cancelled]
        // Back to `queued`: the lease ran out, the worker stopped, or the failure was worth another try.
        case .processing: [.complete, .failed, .queued, .cancelled]
        // A person asked for another try of the same run.
        case .failed: [.queued]
        case .complete, .cancelled: []
        }
    }

    /// Whether nothing will happen to the run unless somebody asks.
    package var isTerminal: Bool { self == .complete || self == .failed || self == .cancelled }
}

/// How far a run has come; stored so that a later attempt can resume.
package enum RunStep: String, CaseIterable, Sendable {
    case queued, parsing, storing, chunking, done
}
