package import ColophonCore
import FoundationEssentials
package import Logging
import Synchronization

/// Reads documents here, and has a gateway turn those into XML whose runs have a mapping.
///
/// Reading comes first: what cannot be read is never sent, and each result has its pages whoever maps. While the gateway fails too often, work
/// is held or fails at once, as its settings say.
package struct GatewayExtractor: Extractor {
    /// Of what is said to a gateway and what is made of its answer.
    private static let ownVersion = "1"

    /// What is held is not asked for again before.
    private static let pauseMin: Duration = .milliseconds(100)

    package let name = "gateway"
    package let version: String

    private let reader: any Extractor
    private let client: GatewayClient
    private let failsFast: Bool
    private let address: String
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
        address = settings.address.absoluteString
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
        // Before anything is read: what is held costs nothing.
        let call = try begin()
        var plain = source
        plain.wantsWords = false
        do {
            var extraction = try await reader.extract(plain, progress: progress)
            extraction.xml = try await client.xml(of: source, choice)
            end(call, failed: false)
            return extraction
        } catch let busy as GatewayBusy {
            end(call, failed: true)
            throw held(atLeast: busy.failure.retryAfter, orFailing: busy.failure)
        } catch let failure as RunFailure where [.gatewayFailed, .gatewayTimeout].contains(failure.code) {
            end(call, failed: true)
            // A trial is the gateway's, not the run's.
            throw call.isTrial ? held(atLeast: nil, orFailing: failure) : failure
        } catch let failure as RunFailure where failure.isAnswer {
            end(call, failed: false)
            throw failure
        } catch {
            // What the document or this machine did says nothing about the gateway.
            end(call, failed: nil)
            throw error
        }
    }

    package var mappingPause: Duration? {
        failsFast ? nil : breaker.state.withLock { $0.wait(at: clock.elapsed()) }.map { max($0, Self.pauseMin) }
    }

    private func begin() throws -> CircuitBreaker.Call {
        if let call = breaker.state.withLock({ $0.begin(at: clock.elapsed()) }) { return call }
        throw held(atLeast: nil, orFailing: RunFailure(.gatewayUnavailable))
    }

    /// What becomes of a run that is not tried now.
    private func held(atLeast pause: Duration?, orFailing failure: RunFailure) -> any Error {
        if failsFast { return failure }
        let wait = breaker.state.withLock { $0.wait(at: clock.elapsed()) } ?? .zero
        return WorkHeld(for: max(wait, pause ?? .zero, Self.pauseMin))
    }

    private func end(_ call: CircuitBreaker.Call, failed: Bool?) {
        let (before, after) = breaker.state.withLock { breaker in
            let before = breaker.state
            breaker.end(call, failed: failed, at: clock.elapsed())
            return (before, breaker.state)
        }
        switch (before, after) {
        case (_, .open(let end)) where before != after:
            logger.error(
                failsFast
                    ? "The gateway fails too often; runs that need it fail at once for a while."
                    : "The gateway fails too often; runs that need it wait for a while.",
                metadata: ["gateway": "\(address)", "seconds": "\((end - clock.elapsed()).components.seconds + 1)"])
        case (.halfOpen, .closed): logger.notice("The gateway answers again; work goes on.", metadata: ["gateway": "\(address)"])
        default: break
        }
    }
}

extension RunFailure {
    /// Whether this is what a gateway that works has answered.
    fileprivate var isAnswer: Bool { [.gatewayRefused, .tooLarge, .validationError].contains(code) }
}
