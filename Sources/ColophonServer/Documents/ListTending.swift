package import ColophonCore
import Logging
import ServiceLifecycle

/// Keeps large workspaces' lists in memory, and follows what changes in them.
package struct ListTending: Service {
    private let library: Library
    private let interval: Duration

    package init(library: Library, interval: Duration = .milliseconds(500)) {
        self.library = library
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var isAway = false
            while (try? await library.machine.clock.sleep(for: interval)) != nil { isAway = await !tend(isAway: isAway) }
        }
    }

    /// - Parameter isAway: Whether it has been told already that it fails.
    /// - Returns: Whether it went well.
    private func tend(isAway: Bool) async -> Bool {
        do {
            try await library.store.tendLists(within: library.limits.listBytesMax)
            return true
        } catch {
            if !isAway && !(error is CancellationError) {
                library.logger.warning("Lists could not be kept in memory; indexes answer.", metadata: ["error": "\(error)"])
            }
            return false
        }
    }
}
