import ColophonCore
import Synchronization

/// The claims that one worker holds, in the order that it got them; as few as it has slots.
final class ActiveRuns: Sendable {
    private let runs = Mutex<[ActiveRun]>([])

    var count: Int { runs.withLock { $0.count } }
    var all: [ActiveRun] { runs.withLock { $0 } }

    func add(_ job: ClaimedJob, budget: LeaseBudget) -> ActiveRun {
        let run = ActiveRun(job: job, budget: budget)
        runs.withLock { $0.append(run) }
        return run
    }

    func remove(_ run: ActiveRun) { runs.withLock { $0.removeAll { $0 === run } } }
}
