import Dispatch

/// Runs long computations on threads of their own: on the cooperative pool, which has one thread a core, a few of them would hold up
/// heartbeats, cancellations and requests.
package enum HeavyWork: Sendable {
    case threads
    /// On the caller's thread, for simulations: a hop to another would not be repeatable.
    case inPlace

    private static let queue = DispatchQueue(label: "colophon.heavy", attributes: .concurrent)

    /// Runs a computation that cannot be interrupted; a cancelled task does not begin it.
    ///
    /// - Throws: `CancellationError` before or after it, and whatever `body` throws.
    package func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        let result: Result =
            switch self {
            case .threads:
                try await withCheckedThrowingContinuation { continuation in
                    Self.queue.async { continuation.resume(with: Swift.Result { try body() }) }
                }
            case .inPlace: try body()
            }
        try Task.checkCancellation()
        return result
    }
}
