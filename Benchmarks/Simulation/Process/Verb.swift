import ColophonCore
import Synchronization

/// Which verb of the store a transaction belongs to, and under whose claims: what the invariants of a write depend on.
enum Verb: Sendable {
    case claim
    case reap
    /// Everything that a worker writes about runs that it holds.
    case under([RunClaim])
    /// Completions that a process has asked for and not been answered: those that come at once share a transaction, which belongs to any of them.
    case completing(Completions)
    case other

    final class Completions: Sendable {
        private let claims = Mutex<[RunClaim]>([])
        var all: [RunClaim] { claims.withLock { $0 } }

        func with<Result>(_ claim: RunClaim, _ body: () async throws -> Result) async rethrows -> Result {
            claims.withLock { $0.append(claim) }
            defer { claims.withLock { claims in claims.firstIndex(of: claim).map { _ = claims.remove(at: $0) } } }
            return try await body()
        }
    }

    @TaskLocal static var current = Verb.other
}

/// Marks the queue's verbs for `Verb.current`.
final class AttributedStore: StoreDecorator, @unchecked Sendable {
    private let completions = Verb.Completions()

    override func claimJobs(limit: Int, for worker: WorkerID, lease: Duration, holding: Duration?) async throws -> [ClaimedJob] {
        try await Verb.$current.withValue(.claim) { try await inner.claimJobs(limit: limit, for: worker, lease: lease, holding: holding) }
    }

    override func renew(_ beats: [Heartbeat], lease: Duration) async throws -> Set<RunClaim> {
        try await Verb.$current.withValue(.under(beats.map(\.claim))) { try await inner.renew(beats, lease: lease) }
    }

    override func complete(_ claim: RunClaim, with result: RunResult) async throws {
        try await completions.with(claim) {
            try await Verb.$current.withValue(.completing(completions)) { try await inner.complete(claim, with: result) }
        }
    }

    override func fail(
        _ claim: RunClaim, with failure: RunFailure, policy: RetryPolicy, retryDelay: Duration
    ) async throws -> FailureOutcome {
        try await Verb.$current.withValue(.under([claim])) {
            try await inner.fail(claim, with: failure, policy: policy, retryDelay: retryDelay)
        }
    }

    override func release(_ claim: RunClaim, after delay: Duration) async throws {
        try await Verb.$current.withValue(.under([claim])) { try await inner.release(claim, after: delay) }
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
        case .under, .completing: "write"
        case .other: "verb"
        }
    }
}
