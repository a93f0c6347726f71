import ColophonCore
import NIOCore

/// How long a store is waited for, and how often it is asked.
package struct S3Patience: Sendable, Equatable {
    /// How often one request is sent, at least once.
    package var attemptsMax = 6
    /// Bounds the random wait after the first attempt; each later one may be twice as long.
    package var delayBase: Duration = .milliseconds(250)
    /// The longest wait; a store that wants a longer one is given up.
    package var delayMax: Duration = .seconds(5)
    /// From sending a request without a body to its answer's last byte, or its first where the rest is read piece by piece; a wait for a
    /// connection is part of it.
    package var answerTimeout: Duration = .seconds(60)
    /// What is sent may take as long again as it takes at this rate: a slow line that moves is no store that is away.
    package var bytesPerSecondMin = 64 << 10
    /// For all attempts together; nil leaves it to their number.
    package var wholeTimeout: Duration?

    package init() {}

    /// For what should be known at once, or be given up.
    package static var brief: S3Patience {
        var patience = S3Patience()
        patience.attemptsMax = 2
        patience.delayBase = .milliseconds(100)
        patience.wholeTimeout = .seconds(5)
        return patience
    }

    /// How long one attempt may take.
    func timeout(of request: S3Request) -> Duration {
        answerTimeout + .seconds(request.body.map { Double($0.readableBytes) / Double(bytesPerSecondMin) } ?? 0) + request.workTime
    }

    /// How long to wait before the next attempt; nil to give up.
    ///
    /// Full jitter: any wait up to a bound that doubles, so that clients that failed together do not come back together (AWS
    /// Architecture Blog, "Exponential Backoff And Jitter").
    ///
    /// - Parameters:
    ///   - failures: How many attempts have failed, at least 1.
    ///   - wanted: What the store asked for.
    func delay(after failures: Int, wanted: Duration?, using generator: inout some RandomNumberGenerator) -> Duration? {
        guard failures < attemptsMax else { return nil }
        let bound = min(delayMax, delayBase * (1 << min(failures - 1, 16)))
        let random = Duration.milliseconds(Int64.random(in: 0...bound.wholeMilliseconds, using: &generator))
        guard let wanted else { return random }
        return wanted <= delayMax ? max(wanted, random) : nil
    }
}
