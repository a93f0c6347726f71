package import ColophonCore
package import Logging
import Synchronization

/// Reads documents here, and has a gateway turn those into XML whose runs have a mapping.
///
/// Reading comes first: what cannot be read is never sent, and each result has its pages whoever maps. While the gateway fails too often, work
/// is held or fails at once, as its settings say.
package struct GatewayExtractor: Extractor {
    /// Of what is said to a gateway and what is made of its answer.
    private static let ownVersion = "1"

    /// How often somebody who waits looks again.
    private static let lookInterval: Duration = .seconds(1)

    package let name = "gateway"
    package let version: String

    private let reader: any Extractor
    private let client: GatewayClient
    private let failsFast: Bool
    private let clock: any SteadyClock
    private let logger: Logger
    private let breaker: Shared

    /// One for all who hold a copy of the extractor.
    private final class Shared: Sendable {
        let state: Mutex<CircuitBreaker>
        init(_ settings: CircuitBreaker.Settings) { state = Mutex(CircuitBreaker(settings)) }
    }

    /// - Parameter reader: Reads the documents themselves.
    package init(
        reader: any Extractor, client: GatewayClient, settings: GatewaySettings, clock: any SteadyClock, logger: Logger
    ) {
        self.reader = reader
        self.client = client
        failsFast = settings.failsFast
        self.clock = clock
        self.logger = logger
        version = Self.version(over: reader.version)
        breaker = Shared(settings.breaker)
    }

    /// How runs are recorded that are made with a gateway.
    package static func recipe(over reader: RunRecipe) -> RunRecipe {
        RunRecipe(name: "gateway", version: version(over: reader.version), settings: reader.settings)
    }

    private static func version(over reader: String) -> String { "\(ownVersion)+\(reader)" }

    package func extract(
        _ source: ExtractionSource, progress: @escaping @Sendable (PageProgress) -> Void
    ) async throws -> Extraction {
        guard let choice = source.settings.mapping else { return try await reader.extract(source, progress: progress) }
        var plain = source
        plain.wantsWords = false
        var extraction = try await reader.extract(plain, progress: progress)
        extraction.xml = try await guarded { try await client.xml(of: source, choice) }
        return extraction
    }

    package func room(for free: Int) async -> Int {
        if failsFast { return free }
        while !Task.isCancelled {
            let room = breaker.state.withLock { $0.room(for: free, at: clock.elapsed()) }
            if room > 0 { return room }
            do { try await clock.sleep(for: Self.lookInterval) } catch { break }
        }
        return 0
    }

    /// What the gateway itself does wrong counts; what it refuses does not.
    private func guarded(_ call: () async throws -> [UInt8]) async throws -> [UInt8] {
        guard let begun = breaker.state.withLock({ $0.begin(at: clock.elapsed()) }) else {
            guard failsFast else { throw WorkHeld() }
            throw RunFailure(.gatewayUnavailable)
        }
        do {
            let xml = try await call()
            end(begun, failed: false)
            return xml
        } catch let failure as RunFailure {
            end(begun, failed: failure.code == .ioError ? nil : [.gatewayFailed, .gatewayTimeout].contains(failure.code))
            throw failure
        } catch {
            end(begun, failed: nil)
            throw error
        }
    }

    private func end(_ call: CircuitBreaker.Call, failed: Bool?) {
        let (before, after) = breaker.state.withLock { breaker in
            let before = breaker.state
            breaker.end(call, failed: failed, at: clock.elapsed())
            return (before, breaker.state)
        }
        switch (before, after) {
        case (_, .open) where before != after:
            logger.error(
                failsFast
                    ? "The gateway fails too often; runs that need it fail at once for a while."
                    : "The gateway fails too often; no work is begun for a while.")
        case (.halfOpen, .closed): logger.notice("The gateway answers again; work goes on.")
        default: break
        }
    }
}
