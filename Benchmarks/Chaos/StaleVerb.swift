import ColophonCore
import ColophonStore

/// Something that a worker may say of its claim; a refusal is what is expected, and any other error is not.
struct StaleVerb: Sendable {
    let name: String
    let play: @Sendable (SQLStore, RunClaim) async throws -> Void

    /// Everything that there is to say.
    static let all: [StaleVerb] = {
        let failures: [RunFailure.Code] = [.ioError, .parseFailed, .lost]
        return [
            StaleVerb(name: "complete") { store, claim in
                try await refused { try await store.complete(claim, with: result(of: claim)) }
            },
            StaleVerb(name: "renew") { store, claim in
                _ = try await store.renew([Heartbeat(claim: claim, progress: PageProgress(done: 7, total: 9))], lease: .seconds(600))
            },
            StaleVerb(name: "release") { store, claim in try await store.release(claim) },
        ]
            + failures.map { code in
                StaleVerb(name: "fail as \(code.rawValue)") { store, claim in
                    try await refused {
                        _ = try await store.fail(claim, with: RunFailure(code), policy: RetryPolicy(), retryDelay: .zero)
                    }
                }
            }
    }()

    /// A result that nobody has ever computed.
    static func result(of claim: RunClaim) -> RunResult {
        let hash = String(repeating: "0", count: 64)
        return RunResult(
            artifacts: [Artifact(kind: .structure, blob: .result(.structure, of: claim), sha256: hash, bytes: 1)], pages: 1, items: 1)
    }

    private static func refused(_ body: () async throws -> Void) async throws {
        do { try await body() } catch let error as ColophonError where error.reason == "LEASE_LOST" {}
    }
}
