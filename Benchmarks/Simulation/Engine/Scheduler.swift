import ColophonSamples
import Foundation

/// One thread, virtual time and a seed: runs the jobs of every simulated process one after another, in an order that the seed decides,
/// and lets time pass only when nothing can run.
///
/// Everything it owns is touched on the thread that calls `run` alone; `checkThread` stops the simulation when something else comes
/// along, because then it could not be repeated.
final class Scheduler: @unchecked Sendable {
    /// In microseconds since the simulation began.
    private(set) var now: Int64 = 0
    /// How many jobs were run.
    private(set) var steps = 0

    private var dice: Dice
    private var events = EventQueue()
    private var ready: [(executor: ProcessExecutor, job: UnownedJob)] = []
    private let thread = pthread_self()

    init(seed: UInt64) { dice = Dice(seed: seed) }

    func checkThread() {
        precondition(pthread_equal(thread, pthread_self()) != 0, "a simulated task has escaped to a real thread")
    }

    func add(_ job: UnownedJob, of executor: ProcessExecutor) { ready.append((executor, job)) }

    /// Removes the runnable jobs of one process and returns them.
    func takeJobs(of executor: ProcessExecutor) -> [UnownedJob] {
        defer { ready.removeAll { $0.executor === executor } }
        return ready.filter { $0.executor === executor }.map(\.job)
    }

    func at(_ time: Int64, _ action: @escaping () -> Void) { events.add(at: max(time, now), action) }

    func after(_ delay: Int64, _ action: @escaping () -> Void) { at(now + delay, action) }

    enum End { case done, idle, late, restless }

    /// Runs until `isDone`, which is asked after each step.
    ///
    /// - Parameters:
    ///   - end: The virtual time that is not passed, in microseconds.
    ///   - stepsMax: A bound on jobs run: tasks that wake each other for ever at one moment are a finding, not a hang.
    /// - Returns: `idle` when nothing is left that could ever happen.
    func run(until end: Int64, stepsMax: Int, isDone: () -> Bool) -> End {
        while !isDone() {
            if !ready.isEmpty {
                steps += 1
                if steps > stepsMax { return .restless }
                let index = dice.below(ready.count)
                ready.swapAt(index, ready.count - 1)
                let (executor, job) = ready.removeLast()
                job.runSynchronously(on: executor.asUnownedTaskExecutor())
            } else if let next = events.nextTime {
                if next > end { return .late }
                now = next
                events.removeFirst()()
            } else {
                return .idle
            }
        }
        return .done
    }
}
