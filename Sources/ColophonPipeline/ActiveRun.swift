import ColophonCore
import Synchronization

/// A claim that this worker holds, shared by the task that executes it and the one that keeps it alive.
final class ActiveRun: Sendable {
    let job: ClaimedJob

    private struct State {
        var progress: PageProgress?
        var isReported = true
        var isLost = false
        var budget: LeaseBudget
    }

    private let state: Mutex<State>
    private let lostSignal: AsyncStream<Void>
    private let lostContinuation: AsyncStream<Void>.Continuation

    init(job: ClaimedJob, budget: LeaseBudget) {
        self.job = job
        state = Mutex(State(budget: budget))
        (lostSignal, lostContinuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var isLost: Bool { state.withLock { $0.isLost } }

    func note(_ progress: PageProgress) {
        state.withLock { state in
            state.progress = progress
            state.isReported = false
        }
    }

    /// The sign of life to send.
    ///
    /// - Parameter onlyNews: Nil unless there is progress that was not sent yet.
    func heartbeat(onlyNews: Bool) -> Heartbeat? {
        state.withLock { state in
            if onlyNews && state.isReported { return nil }
            state.isReported = true
            return Heartbeat(claim: job.claim, progress: state.progress)
        }
    }

    /// The lease was renewed.
    func extend(by budget: LeaseBudget) { state.withLock { $0.budget = $0.budget.extended(by: budget) } }

    /// How long the worker may still act on the claim unless it is renewed.
    func budgetLeft(at now: Duration) -> Duration { state.withLock { $0.budget.left(at: now) } }

    /// The claim is no longer valid: cancelled, taken away, or not renewed in time.
    func markLost() {
        state.withLock { $0.isLost = true }
        lostContinuation.yield()
        lostContinuation.finish()
    }

    /// Returns when the claim is lost, or the task is cancelled.
    func waitUntilLost() async {
        for await _ in lostSignal { return }
    }

    /// Marks the claim as lost when its budget runs out: whoever cannot reach the database must stop by himself, before the run can be
    /// another's. Returns then, or when the task is cancelled.
    func watchBudget(on clock: any SteadyClock) async {
        while !Task.isCancelled {
            let left = budgetLeft(at: clock.elapsed())
            if left <= .zero { return markLost() }
            try? await clock.sleep(for: left)
        }
    }

    /// To be called before each effect: a process that was frozen may wake right before one, with its budget long over.
    ///
    /// - Throws: `conflict` with reason `LEASE_LOST` when the claim is lost or its budget is over.
    func checkHeld(on clock: any SteadyClock) throws {
        if !isLost && budgetLeft(at: clock.elapsed()) > .zero { return }
        markLost()
        throw ColophonError.leaseLost(job.claim.run)
    }
}
