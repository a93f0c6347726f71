/// What happens to one call that a process makes to something outside of it; decided before it is sent.
struct CallFate {
    /// In microseconds.
    var requestDelay: Int64
    var answerDelay: Int64
    /// Whether the process dies just before it sends the request, or just after it was executed.
    var crash: PlannedCrash.Moment?
    /// For how long the process freezes once the request is executed; its answer waits.
    var freeze: Int64?
    /// Whether the request is executed.
    var arrives = true
    /// Whether the caller learns how it went.
    var isAnswered = true
    /// Whether the request is executed though its sender is dead by then.
    var outlivesSender = false

    enum Service { case database, blobs }
}

extension World {
    /// Draws what happens to a process's next call.
    func fate(of process: SimulatedProcess, to service: CallFate.Service) -> CallFate {
        var fate = CallFate(requestDelay: dice.between(50, 1500), answerDelay: dice.between(50, 1500))
        calls += 1
        if let planned = plannedCrash, planned.call == calls { fate.crash = planned.moment }
        guard !isCalm else { return fate }
        fate.outlivesSender = dice.below(2) == 0
        if dice.happens(weather.crashesBefore) { fate.crash = .before }
        if dice.happens(weather.crashesAfter) { fate.crash = .after }
        // Longer than a lease, so that the run is somebody else's meanwhile; more often between results, where a late waker could do harm.
        if dice.happens(weather.freezesAtCalls * (service == .blobs ? 4 : 1)) { fate.freeze = dice.seconds(12, 45) }
        if dice.happens(weather.slowCalls) {
            tally.count(.slowCall)
            fate.requestDelay += dice.skewed(10_000, 5_000_000)
            fate.answerDelay += dice.skewed(10_000, 5_000_000)
        }
        if dice.happens(weather.refusals) {
            tally.count(.refusal)
            fate.arrives = false
        } else if dice.happens(weather.lostAnswers) {
            tally.count(.lostAnswer)
            fate.isAnswered = false
        }
        if service == .database { partition(process, &fate) }
        return fate
    }

    /// A process that is cut off from the database: its calls are refused, or hang until it is connected again and are then executed
    /// late or never, or are executed and not answered.
    private func partition(_ process: SimulatedProcess, _ fate: inout CallFate) {
        let rest = process.cutOffUntil - scheduler.now
        guard rest > 0 else { return }
        switch process.cut {
        case .refuses:
            fate.arrives = false
        case .hangs:
            fate.requestDelay += rest
            fate.arrives = dice.below(2) == 0
            if fate.arrives { tally.count(.lateRequest) }
        case .swallowsAnswers:
            fate.answerDelay += min(rest, 10_000_000)
            fate.isAnswered = false
        }
    }
}
