import ColophonCore
import ColophonSamples
import Testing

@Suite struct CircuitBreakerTests {
    /// A breaker that opened at 0 after its third failure in a row, for 10 s.
    private func opened() throws -> CircuitBreaker {
        var breaker = CircuitBreaker(failuresMax: 3, pause: .seconds(10), pauseMax: .seconds(35))
        for _ in 0..<3 { breaker.record(success: false, of: try permit(&breaker, at: .zero), at: .zero) }
        return breaker
    }

    private func permit(_ breaker: inout CircuitBreaker, at now: Duration) throws -> CircuitBreaker.Permit {
        guard case .go(let permit) = breaker.request(at: now) else { throw Refused() }
        return permit
    }

    struct Refused: Error {}

    @Test func `failures in a row open it, and a success between them starts the count again`() throws {
        var breaker = CircuitBreaker(failuresMax: 3, pause: .seconds(10), pauseMax: .seconds(35))
        for success in [false, false, true, false, false] {
            breaker.record(success: success, of: try permit(&breaker, at: .zero), at: .zero)
        }
        let last = try permit(&breaker, at: .zero)
        breaker.record(success: false, of: last, at: .zero)
        #expect(breaker.request(at: .seconds(9)) == .refused(until: .seconds(10)))
    }

    @Test func `after its pause one trial goes through, and its success closes it`() throws {
        var breaker = try opened()
        let trial = try permit(&breaker, at: .seconds(10))
        #expect(breaker.request(at: .seconds(11)) == .refused(until: .seconds(20)))
        breaker.record(success: true, of: trial, at: .seconds(12))
        for _ in 0..<5 { _ = try permit(&breaker, at: .seconds(12)) }
    }

    @Test func `each trial that fails doubles the pause, up to its longest`() throws {
        var breaker = try opened()
        var now: Duration = .seconds(10)
        for pause in [20, 35, 35] {
            breaker.record(success: false, of: try permit(&breaker, at: now), at: now)
            #expect(breaker.request(at: now) == .refused(until: now + .seconds(pause)))
            now += .seconds(pause)
        }
    }

    @Test func `the outcome of a call from before it opened says nothing about the trial`() throws {
        var breaker = CircuitBreaker(failuresMax: 1, pause: .seconds(10))
        let slow = try permit(&breaker, at: .zero)
        breaker.record(success: false, of: try permit(&breaker, at: .zero), at: .zero)
        _ = try permit(&breaker, at: .seconds(10))
        breaker.record(success: true, of: slow, at: .seconds(11))
        #expect(breaker.request(at: .seconds(11)) == .refused(until: .seconds(20)))
    }

    @Test func `a trial that never comes back is followed by another`() throws {
        var breaker = try opened()
        let lost = try permit(&breaker, at: .seconds(10))
        let next = try permit(&breaker, at: .seconds(20))
        breaker.record(success: true, of: lost, at: .seconds(21))
        #expect(breaker.request(at: .seconds(21)) == .refused(until: .seconds(30)))
        breaker.record(success: true, of: next, at: .seconds(22))
        _ = try permit(&breaker, at: .seconds(22))
    }

    @Test func `in any story it is half open for one caller at a time, and comes back once its service does`() throws {
        var generator = SplitMix64(seed: 7)
        var breaker = CircuitBreaker(failuresMax: 2, pause: .seconds(1), pauseMax: .seconds(4))
        var now = Duration.zero
        for _ in 0..<5000 {
            now += .milliseconds(Int64.random(in: 0...900, using: &generator))
            if case .go(let permit) = breaker.request(at: now) {
                breaker.record(success: Bool.random(using: &generator), of: permit, at: now)
            }
        }
        now += .seconds(4)
        breaker.record(success: true, of: try permit(&breaker, at: now), at: now)
        _ = try permit(&breaker, at: now)
    }
}
