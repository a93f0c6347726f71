/// How long to wait before a request is made again: a random time, so that many clients do not come back at once.
package struct Pause: Hashable, Sendable {
    /// The longest that backing off spreads over.
    package static let spreadMax = Duration.seconds(30)
    /// The longest that a server can hold a client off.
    package static let leastMax = Duration.seconds(300)

    /// What must pass in any case.
    package var least: Duration
    /// What may pass beyond that.
    package var spread: Duration

    package init(least: Duration, spread: Duration) {
        self.least = min(max(.zero, least), Self.leastMax)
        self.spread = min(max(.zero, spread), Self.spreadMax)
    }

    /// Full jitter: anything up to a time that doubles with every failure.
    ///
    /// - Parameters:
    ///   - failures: In succession, from 1.
    ///   - base: What the first one spreads over.
    ///   - least: What the server asked for.
    package static func backoff(after failures: Int, base: Duration, least: Duration = .zero) -> Pause {
        Pause(least: least, spread: base * (1 << min(max(failures, 1) - 1, 16)))
    }

    package func length(using generator: inout some RandomNumberGenerator) -> Duration {
        least + spread * Double.random(in: 0...1, using: &generator)
    }
}
