import ColophonCore
import HTTPTypes
import Synchronization

/// Who has spent how much, in this process.
final class Allowances: Sendable {
    /// Whose bucket it is.
    enum Holder: Hashable, Sendable {
        case key(KeyID)
        case session(SessionID)
        /// Sessions that are not stored: anybody can invent another one, so they share their address's.
        case unstored(ClientAddress)
        case nobody(ClientAddress)
        case signIn(ClientAddress)
    }

    /// How often a minute an address may try to sign in.
    static let signInsPerMinute = 10

    private let buckets = Mutex(TokenBuckets<Holder>())
    private let perMinute: Int
    private let clock: any SteadyClock

    /// - Parameter perMinute: What a key may spend; 0 is without a limit, sign-ins apart.
    init(perMinute: Int, clock: any SteadyClock) {
        self.perMinute = perMinute
        self.clock = clock
    }

    /// - Parameter headers: Is told how much is left.
    /// - Throws: `rateLimited` when it is not enough.
    func spend(_ cost: Int, of principal: Principal, at address: ClientAddress, headers: AnswerHeaders?) throws {
        try spend(cost, of: Self.holder(principal, at: address), principal.isSignedIn ? perMinute : perMinute / 5, headers)
    }

    /// As whom somebody is counted.
    static func holder(_ principal: Principal, at address: ClientAddress) -> Holder {
        switch principal.member {
        case .key(let id): .key(id)
        case .session where !principal.isStored: .unstored(address)
        case .session(let id): .session(id)
        }
    }

    /// What somebody without a good credential spends.
    func spend(_ cost: Int, at address: ClientAddress, headers: AnswerHeaders?) throws {
        try spend(cost, of: .nobody(address), perMinute / 10, headers)
    }

    func spendSignIn(at address: ClientAddress, headers: AnswerHeaders?) throws {
        try take(1, of: .signIn(address), Self.signInsPerMinute, headers)
    }

    private func spend(_ cost: Int, of holder: Holder, _ limit: Int, _ headers: AnswerHeaders?) throws {
        guard perMinute > 0, cost > 0 else { return }
        try take(cost, of: holder, max(1, limit), headers)
    }

    private func take(_ cost: Int, of holder: Holder, _ limit: Int, _ headers: AnswerHeaders?) throws {
        let now = clock.elapsed()
        let answer = buckets.withLock { $0.take(cost, from: holder, perMinute: limit, at: now) }
        headers?.set([.rateLimit: "\(answer.limit)", .rateRemaining: "\(answer.remaining)", .rateReset: "\(answer.resetSeconds)"])
        guard answer.isGranted else {
            throw ColophonError(
                .rateLimited, "Too much was asked for in too short a time; wait \(answer.waitSeconds) s.", reason: "RATE_LIMITED",
                retryAfterSeconds: answer.waitSeconds)
        }
    }
}

/// How many uploads a workspace has under way in this process.
final class UploadSlots: Sendable {
    private let taken = Mutex<[WorkspaceID: Int]>([:])
    private let max: Int

    init(max: Int) { self.max = max }

    /// - Throws: `rateLimited` when as many are under way as may be.
    func with<Result>(_ workspace: WorkspaceID, _ body: () async throws -> Result) async throws -> Result {
        let isFree = taken.withLock { taken in
            guard taken[workspace, default: 0] < max else { return false }
            taken[workspace, default: 0] += 1
            return true
        }
        guard isFree else {
            throw ColophonError(
                .rateLimited, "This workspace has \(max) uploads under way; wait until one of them is done.", reason: "TOO_MANY_UPLOADS",
                retryAfterSeconds: 1)
        }
        defer {
            taken.withLock { taken in
                taken[workspace, default: 1] -= 1
                if taken[workspace] == 0 { taken[workspace] = nil }
            }
        }
        return try await body()
    }
}
