package import ColophonCore
import Logging
import ServiceLifecycle

/// Removes bytes that no row refers to: leftovers of uploads and results whose transaction never came.
package struct Sweeper: Service {
    static let batch = 500

    private let library: Library
    private let interval: Duration

    package init(library: Library, interval: Duration = .seconds(3600)) {
        self.library = library
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    package func runUntilCancelled() async {
        while !Task.isCancelled {
            do {
                _ = try await sweep()
            } catch is CancellationError {
            } catch {
                library.logger.error("A sweep failed; the next one tries again.", metadata: ["error": "\(error)"])
            }
            try? await library.machine.clock.sleep(for: interval)
        }
    }

    /// One sweep over everything older than the limit's age; younger blobs may belong to a transaction that is still to come.
    ///
    /// - Returns: How many blobs were removed.
    package func sweep() async throws -> Int {
        let counter = SweepCounter()
        try await library.blobs.scan(writtenBefore: library.machine.wallClock.now() - library.limits.leftoverAge, batch: Self.batch) {
            keys in
            for key in try await library.store.unreferenced(keys) {
                try await library.blobs.delete(key)
                counter.add()
            }
        }
        if counter.value > 0 { library.logger.notice("Leftovers were swept.", metadata: ["blobs": "\(counter.value)"]) }
        return counter.value
    }
}
