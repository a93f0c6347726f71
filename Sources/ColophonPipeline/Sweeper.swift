package import ColophonCore
import Logging
import ServiceLifecycle

/// Sweeps again and again, the first time at once. Any number may run, in as many processes.
package struct Sweeper: Service {
    private let library: Library
    private let sweep: Sweep

    package init(library: Library) {
        self.library = library
        sweep = Sweep(library: library)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let report = try await sweep.run()
                    if !report.isEmpty {
                        let metadata = report.lines.filter { $0.count > 0 }.map {
                            ($0.name.replacing(" ", with: "_"), Logger.MetadataValue.stringConvertible($0.count))
                        }
                        library.logger.notice("What was due was swept.", metadata: Dictionary(uniqueKeysWithValues: metadata))
                    }
                } catch is CancellationError {
                } catch {
                    library.logger.error("A sweep failed; the next one tries again.", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: library.limits.sweepInterval)
            }
        }
    }
}
