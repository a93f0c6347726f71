/// Decides from what became of the last calls whether another is worth it (Nygard, "Release It!", second edition, "Circuit Breaker"): pure
/// state, time passed in.
///
/// Closed it lets every call through. When too many of a window's calls have failed it opens, and lets none through for a while; then one,
/// whose success closes it and whose failure opens it for twice as long.
package struct CircuitBreaker: Sendable {
    package struct Settings: Sendable {
        /// How long a call's end counts.
        package var window: Duration = .seconds(120)
        /// Fewer calls than this say nothing.
        package var callsMin = 5
        /// The share of failed calls that opens it.
        package var failureShare = 0.5
        package var pause: Duration = .seconds(30)
        package var pauseMax: Duration = .seconds(300)
        /// How long others wait while one call is tried, before they ask again.
        package var trialWait: Duration = .seconds(5)

        package init() {}
    }

    package enum State: Equatable, Sendable {
        case closed
        /// No call until then, by the clock that is passed in.
        case open(until: Duration)
        /// One call at a time.
        case halfOpen(isTrying: Bool)
    }

    /// A call that was let through.
    package struct Call: Sendable {
        fileprivate var era: Int
        /// Whether all that follows hangs on it.
        package fileprivate(set) var isTrial: Bool
    }

    /// More ends than this are not remembered.
    private static let endsMax = 1000

    private let settings: Settings
    package private(set) var state = State.closed
    private var ends: [(at: Duration, failed: Bool)] = []
    /// Changes with each opening and closing: a call that began before says nothing about the time after.
    private var era = 0
    private var pause: Duration

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
        pause = settings.pause
    }

    /// - Returns: Nil when no call is to be made now.
    package mutating func begin(at now: Duration) -> Call? {
        look(at: now)
        switch state {
        case .closed: return Call(era: era, isTrial: false)
        case .open, .halfOpen(isTrying: true): return nil
        case .halfOpen(isTrying: false):
            state = .halfOpen(isTrying: true)
            return Call(era: era, isTrial: true)
        }
    }

    /// - Parameter failed: Nil for a call that was given up on our side, which says nothing.
    package mutating func end(_ call: Call, failed: Bool?, at now: Duration) {
        guard call.era == era else { return }
        if case .halfOpen = state {
            switch failed {
            case nil: state = .halfOpen(isTrying: false)
            case true?:
                pause = min(pause * 2, settings.pauseMax)
                open(at: now)
            case false?:
                pause = settings.pause
                ends = []
                era += 1
                state = .closed
            }
            return
        }
        guard let failed else { return }
        ends.append((now, failed))
        ends.removeAll { $0.at + settings.window < now }
        if ends.count > Self.endsMax { ends.removeFirst(ends.count - Self.endsMax) }
        let failures = ends.count { $0.failed }
        if failed, ends.count >= settings.callsMin, Double(failures) >= settings.failureShare * Double(ends.count) { open(at: now) }
    }

    /// For how long no call is worth beginning; nil when one is.
    package mutating func wait(at now: Duration) -> Duration? {
        look(at: now)
        return switch state {
        case .closed, .halfOpen(isTrying: false): nil
        case .open(let end): end - now
        case .halfOpen(isTrying: true): settings.trialWait
        }
    }

    private mutating func open(at now: Duration) {
        era += 1
        ends = []
        state = .open(until: now + pause)
    }

    private mutating func look(at now: Duration) {
        if case .open(let end) = state, end <= now { state = .halfOpen(isTrying: false) }
    }
}
