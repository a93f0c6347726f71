package import ColophonCore
import Logging
import ServiceLifecycle

/// Takes runs away from workers that stopped renewing their leases. Any number may run.
package struct Reaper: Service {
    static let batch = 100

    private let library: Library
    private let policy: RetryPolicy
    private let interval: Duration

    package init(library: Library, policy: RetryPolicy = RetryPolicy(), interval: Duration = .seconds(1)) {
        self.library = library
        self.policy = policy
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    package func runUntilCancelled() async {
        while !Task.isCancelled {
            await reap()
            try? await library.machine.clock.sleep(for: interval)
        }
    }

    private func reap() async {
        do {
            let count = try await library.store.reapExpiredLeases(limit: Self.batch, policy: policy)
            guard count > 0 else { return }
            library.logger.notice("Leases had ended; their runs were queued again.", metadata: ["count": "\(count)"])
            library.announceWork()
        } catch is CancellationError {
        } catch {
            library.logger.error("Ended leases could not be looked for.", metadata: ["error": "\(error)"])
        }
    }
}
