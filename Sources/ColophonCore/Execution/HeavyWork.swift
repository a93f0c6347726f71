import Dispatch

/// Runs long computations on threads of their own: on the cooperative pool, which has one thread a core, a few of them would hold up
/// heartbeats, cancellations and requests.
package enum HeavyWork {
    private static let queue = DispatchQueue(label: "colophon.heavy", attributes: .concurrent)

    /// Runs a computation that cannot be interrupted; a cancelled task does not begin it.
    ///
    /// - Throws: `CancellationError` before or after it, and whatever `body` throws.
    package static func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        let result = try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try body() }) }
        }
        try Task.checkCancellation()
        return result
    }
}
