import ColophonCore
import Synchronization

/// The claims that one worker holds.
final class ActiveRuns: Sendable {
    private let runs = Mutex<[RunClaim: ActiveRun]>([:])

    var count: Int { runs.withLock { $0.count } }
    var all: [ActiveRun] { runs.withLock { Array($0.values) } }

    func add(_ job: ClaimedJob) -> ActiveRun {
        let run = ActiveRun(job: job)
        runs.withLock { $0[job.claim] = run }
        return run
    }

    func remove(_ run: ActiveRun) { runs.withLock { $0[run.job.claim] = nil } }

    func markLost(_ claims: Set<RunClaim>) {
        for run in all where claims.contains(run.job.claim) { run.markLost() }
    }
}
