import ColophonCore
import Synchronization

/// A claim that this worker holds, shared by the task that executes it and the one that keeps it alive.
final class ActiveRun: Sendable {
    let job: ClaimedJob

    private struct State {
        var progress: PageProgress?
        var isReported = true
        var isLost = false
    }

    private let state = Mutex(State())
    private let lostSignal: AsyncStream<Void>
    private let lostContinuation: AsyncStream<Void>.Continuation

    init(job: ClaimedJob) {
        self.job = job
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

    /// The claim is no longer valid: cancelled, or taken away.
    func markLost() {
        state.withLock { $0.isLost = true }
        lostContinuation.yield()
        lostContinuation.finish()
    }

    /// Returns when the claim is lost, or the task is cancelled.
    func waitUntilLost() async {
        for await _ in lostSignal { return }
    }
}
