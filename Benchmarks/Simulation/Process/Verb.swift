import ColophonCore

/// Which verb of the store a transaction belongs to, and under whose claims: what the invariants of a write depend on.
enum Verb: Sendable {
    case claim
    case reap
    /// Everything that a worker writes about runs that it holds.
    case under([RunClaim])
    case other

    @TaskLocal static var current = Verb.other
}

/// Marks the queue's verbs for `Verb.current`.
final class AttributedStore: StoreDecorator, @unchecked Sendable {
    override func claimJobs(limit: Int, for worker: WorkerID, lease: Duration) async throws -> [ClaimedJob] {
        try await Verb.$current.withValue(.claim) { try await inner.claimJobs(limit: limit, for: worker, lease: lease) }
    }

    override func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
        try await Verb.$current.withValue(.under(beats.map(\.claim))) { try await inner.renew(beats, lease: lease) }
    }

    override func complete(_ claim: RunClaim, with result: RunResult) async throws {
        try await Verb.$current.withValue(.under([claim])) { try await inner.complete(claim, with: result) }
    }

    override func fail(
        _ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration
    ) async throws -> FailureOutcome {
        try await Verb.$current.withValue(.under([claim])) {
            try await inner.fail(claim, with: failure, policy: policy, retryDelay: retryDelay)
        }
    }

    override func release(_ claim: RunClaim) async throws {
        try await Verb.$current.withValue(.under([claim])) { try await inner.release(claim) }
    }

    override func reapExpiredLeases(limit: Int, policy: RetryPolicy) async throws -> Int {
        try await Verb.$current.withValue(.reap) { try await inner.reapExpiredLeases(limit: limit, policy: policy) }
    }
}

extension Verb {
    var word: String {
        switch self {
        case .claim: "claim"
        case .reap: "reap"
        case .under: "write"
        case .other: "verb"
        }
    }
}
