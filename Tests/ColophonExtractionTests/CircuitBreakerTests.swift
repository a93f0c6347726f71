import Testing

@testable import ColophonExtraction

/// When calls are let through.
struct CircuitBreakerTests {
    private var settings: CircuitBreaker.Settings {
        var settings = CircuitBreaker.Settings()
        (settings.window, settings.callsMin, settings.pause, settings.pauseMax) = (.seconds(100), 4, .seconds(10), .seconds(25))
        return settings
    }

    private func begin(_ breaker: inout CircuitBreaker, at time: Duration) throws -> CircuitBreaker.Call {
        let call = breaker.begin(at: time)
        return try #require(call)
    }

    private func call(_ breaker: inout CircuitBreaker, failed: Bool?, at second: Int) throws {
        let call = try begin(&breaker, at: .seconds(second))
        breaker.end(call, failed: failed, at: .seconds(second))
    }

    private func opened(at second: Int = 0) throws -> CircuitBreaker {
        var breaker = CircuitBreaker(settings)
        for _ in 0..<4 { try call(&breaker, failed: true, at: second) }
        #expect(breaker.state == .open(until: .seconds(second + 10)))
        return breaker
    }

    @Test func `few calls say nothing, and half of many that fail open it`() throws {
        var breaker = CircuitBreaker(settings)
        for _ in 0..<3 { try call(&breaker, failed: true, at: 0) }
        #expect(breaker.state == .closed)
        for _ in 0..<4 { try call(&breaker, failed: false, at: 1) }
        #expect(breaker.state == .closed)
        try call(&breaker, failed: true, at: 2)
        #expect(breaker.state == .open(until: .seconds(12)))
        let (call, wait) = (breaker.begin(at: .seconds(11)), breaker.wait(at: .seconds(11)))
        #expect(call == nil && wait == .seconds(1))
    }

    @Test func `what failed long ago does not count, nor what was given up`() throws {
        var breaker = CircuitBreaker(settings)
        for _ in 0..<3 { try call(&breaker, failed: true, at: 0) }
        for _ in 0..<9 { try call(&breaker, failed: nil, at: 1) }
        try call(&breaker, failed: true, at: 101)
        #expect(breaker.state == .closed)
    }

    @Test func `after its pause one call is let through, and its success closes it`() throws {
        var breaker = try opened()
        let wait = breaker.wait(at: .seconds(10))
        #expect(wait == nil)
        let trial = try begin(&breaker, at: .seconds(10))
        let (second, others) = (breaker.begin(at: .seconds(10)), breaker.wait(at: .seconds(10)))
        #expect(trial.isTrial && second == nil && others == settings.trialWait)
        breaker.end(trial, failed: false, at: .seconds(11))
        let over = breaker.wait(at: .seconds(11))
        #expect(breaker.state == .closed && over == nil)
        // The failures from before are forgotten.
        try call(&breaker, failed: true, at: 12)
        #expect(breaker.state == .closed)
    }

    @Test func `a failed trial makes the pause twice as long, up to a bound, and a success makes it short again`() throws {
        var breaker = try opened()
        try call(&breaker, failed: true, at: 10)
        #expect(breaker.state == .open(until: .seconds(30)))
        try call(&breaker, failed: true, at: 30)
        #expect(breaker.state == .open(until: .seconds(55)))
        try call(&breaker, failed: false, at: 55)
        for _ in 0..<4 { try call(&breaker, failed: true, at: 56) }
        #expect(breaker.state == .open(until: .seconds(66)))
    }

    @Test func `a trial that was given up leaves the next one its turn`() throws {
        var breaker = try opened()
        try call(&breaker, failed: nil, at: 10)
        #expect(breaker.state == .halfOpen(isTrying: false))
        _ = try begin(&breaker, at: .seconds(10))
    }

    @Test func `calls that began before it opened say nothing after`() throws {
        var breaker = CircuitBreaker(settings)
        let early = try begin(&breaker, at: .zero)
        for _ in 0..<4 { try call(&breaker, failed: true, at: 1) }
        breaker.end(early, failed: false, at: .seconds(2))
        #expect(breaker.state == .open(until: .seconds(11)))
        let trial = try begin(&breaker, at: .seconds(11))
        breaker.end(early, failed: true, at: .seconds(12))
        #expect(breaker.state == .halfOpen(isTrying: true))
        breaker.end(trial, failed: false, at: .seconds(12))
        #expect(breaker.state == .closed)
    }
}
