package import ColophonCore
import Logging
import ServiceLifecycle

/// Sweeps again and again, the first time at once. Any number may run, in as many processes.
package struct Sweeper: Service {
    private let library: Library
    private let interval: Duration
    private let sweep: Sweep

    /// - Parameter interval: Between two sweeps; nil takes the limit's.
    package init(library: Library, interval: Duration? = nil) {
        self.library = library
        self.interval = interval ?? library.limits.sweepInterval
        sweep = Sweep(library: library)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await runUntilCancelled() }
    }

    package func runUntilCancelled() async {
        while !Task.isCancelled {
            do {
                let report = try await sweep.run()
                if !report.isEmpty { tell(report) }
            } catch is CancellationError {
            } catch {
                library.logger.error("A sweep failed; the next one tries again.", metadata: ["error": "\(error)"])
            }
            try? await library.machine.clock.sleep(for: interval)
        }
    }

    private func tell(_ report: SweepReport) {
        let metadata = report.lines.filter { $0.count > 0 }.map {
            ($0.name.replacing(" ", with: "_"), Logger.MetadataValue.stringConvertible($0.count))
        }
        library.logger.notice("What was due was swept.", metadata: Dictionary(uniqueKeysWithValues: metadata))
    }
}
