/// Keeps callers from a service that does not answer: a value without I/O, time passed in as a steady clock's reading.
///
/// Closed, every call may go. After `failuresMax` failures in a row it is open and none may, for a pause. Then it is half open: one
/// call is let through as a trial, which closes it, or opens it again for twice the pause (Nygard, "Release It!", 2007, section 5.2).
package struct CircuitBreaker: Sendable {
    /// How many failures in a row open it, at least 1.
    package let failuresMax: Int
    /// The first pause, and the longest.
    package let pause: Duration
    package let pauseMax: Duration

    private var state = State.closed(failures: 0)
    /// How often it has opened or closed: tells outcomes of calls that began before that from those that count.
    private var turn = 0

    private enum State {
        case closed(failures: Int)
        case open(until: Duration, pause: Duration)
        /// The trial that is under way is given up at `until`: a caller that never came back must not keep it open for ever.
        case halfOpen(until: Duration, pause: Duration)
    }

    /// The right to make one call, to be given back with its outcome.
    package struct Permit: Sendable, Equatable { fileprivate let turn: Int }

    package enum Answer: Sendable, Equatable {
        case go(Permit)
        /// Not now; asking again before then is of no use.
        case refused(until: Duration)
    }

    package init(failuresMax: Int = 5, pause: Duration = .seconds(5), pauseMax: Duration = .seconds(300)) {
        precondition(failuresMax > 0 && pause > .zero && pauseMax >= pause, "a breaker opens after failures, for a while")
        self.failuresMax = failuresMax
        self.pause = pause
        self.pauseMax = pauseMax
    }

    /// Asks for one call.
    package mutating func request(at now: Duration) -> Answer {
        switch state {
        case .closed:
            return .go(Permit(turn: turn))
        case .open(let until, let pause), .halfOpen(let until, let pause):
            guard now >= until else { return .refused(until: until) }
            turn += 1
            state = .halfOpen(until: now + pause, pause: pause)
            return .go(Permit(turn: turn))
        }
    }

    /// Tells how a call went. The outcome of a call that began in an earlier turn says nothing about this one.
    package mutating func record(success: Bool, of permit: Permit, at now: Duration) {
        guard permit.turn == turn else { return }
        switch (state, success) {
        case (.closed, true): state = .closed(failures: 0)
        case (.closed(let failures), false):
            if failures + 1 >= failuresMax { open(for: pause, at: now) } else { state = .closed(failures: failures + 1) }
        case (.halfOpen, true):
            turn += 1
            state = .closed(failures: 0)
        case (.halfOpen(_, let pause), false): open(for: min(pause * 2, pauseMax), at: now)
        case (.open, _): break
        }
    }

    private mutating func open(for pause: Duration, at now: Duration) {
        turn += 1
        state = .open(until: now + pause, pause: pause)
    }
}
