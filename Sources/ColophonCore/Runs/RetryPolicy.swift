/// When a failed attempt is tried again: pure arithmetic, randomness passed in.
package struct RetryPolicy: Sendable {
    /// The most attempts that may fail before the run does; lost ones are counted apart.
    package var attemptsMax = 3
    /// How many of a version's attempts may be cut off before it is set aside.
    package var crashesMax = 3
    /// How often a run may lose its worker (not its child) before it fails; a bound, far above what an operator's restarts cause.
    package var leasesLostMax = 50
    package var base: Duration = .seconds(1)
    package var cap: Duration = .seconds(60)

    package init() {}

    /// The wait before the next attempt: full jitter, uniform in [0, min(cap, base × 2^(attempt − 1))]
    /// (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    ///
    /// - Parameter attempt: The attempt that just ended, from 1.
    package func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let doublings = min(max(attempt - 1, 0), 16)
        let ceiling = min(cap, base * (1 << doublings))
        return .milliseconds(Int64.random(in: 0...max(ceiling.wholeMilliseconds, 0), using: &generator))
    }
}
