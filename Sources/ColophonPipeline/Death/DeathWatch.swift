package import ColophonCore
import Logging
import ServiceLifecycle

/// Notices at once that a worker on this host has died, by the lock that it no longer holds, and queues its runs again without waiting
/// for their leases. Workers on other hosts, and frozen ones, are left to the reaper.
package struct DeathWatch: Service {
    static let interval: Duration = .milliseconds(500)

    private let library: Library
    private let folder: String
    private let policy: RetryPolicy
    /// Held while this process is at work, so that its siblings know that it lives.
    private let own: WorkerLock?

    /// - Parameters:
    ///   - folder: Where the workers of this data folder keep their locks.
    ///   - own: This process's own lock, where it has a worker.
    package init(library: Library, folder: String, own: WorkerLock?, policy: RetryPolicy = RetryPolicy()) {
        self.library = library
        self.folder = folder
        self.own = own
        self.policy = policy
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await look() } catch is CancellationError {} catch {
                    library.logger.warning("Dead workers could not be looked for.", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    func look() async throws {
        try await WorkerLock.examine(folder) { worker in
            while true {
                let count = try await library.store.reapLeases(of: worker, limit: Reaper.batch, policy: policy)
                if count > 0 {
                    library.logger.notice(
                        "A worker died; its runs were queued again.", metadata: ["worker": "\(worker)", "count": "\(count)"])
                    library.announceWork()
                }
                // What was passed over is taken at the next look.
                if count < Reaper.batch { return try await !library.store.hasLeases(worker) }
            }
        }
    }
}
