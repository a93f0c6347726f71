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
            while (try? await library.machine.clock.sleep(for: interval)) != nil { await tend() }
        }
    }

    private func tend() async {
        do {
            try await library.store.tendLists(within: library.limits.listBytesMax)
        } catch is CancellationError {
        } catch {
            library.logger.warning("Lists could not be kept in memory; indexes answer.", metadata: ["error": "\(error)"])
        }
    }
}
