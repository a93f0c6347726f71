package import ColophonCore
import Logging
import ServiceLifecycle

/// Stores now and then which keys and sessions were used; no request waits for that.
package struct KeyUse: Service {
    private let library: Library
    private let interval: Duration

    package init(library: Library, interval: Duration = .seconds(30)) {
        self.library = library
        self.interval = interval
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await library.machine.clock.sleep(for: interval)) != nil { await store() }
        }
        await store()
    }

    /// Stores what was noted. Should that fail, it is noted again with the next use.
    package func store() async {
        do {
            try await library.store.noteUse(of: library.uses.take())
        } catch {
            library.logger.warning("The use of keys could not be recorded; the next one will be.", metadata: ["error": "\(error)"])
        }
    }
}
