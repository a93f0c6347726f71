import ColophonCore
import ColophonPipeline
import ColophonStore
import DoclingDocument
import Logging

/// One life of one process: the product's worker, reaper and sweeper over a database, blobs and readers that the world provides.
///
/// A dead one's tasks go on until they have unwound, but nothing that they call has an effect any more.
final class SimulatedProcess: @unchecked Sendable {
    enum Cut: CaseIterable { case refuses, hangs, swallowsAnswers }

    let world: World
    /// Which of the world's processes it is; a restarted one has the same.
    let index: Int
    let executor: ProcessExecutor
    let clock: ProcessClock
    private(set) var library: Library!
    private(set) var isDead = false
    private(set) var isStopping = false
    private(set) var isFrozen = false
    /// Until when it cannot reach the database, in virtual microseconds.
    private(set) var cutOffUntil: Int64 = 0
    private(set) var cut = Cut.refuses
    private var task: Task<Void, Never>?

    init(world: World, index: Int, skew: Int64) {
        self.world = world
        self.index = index
        executor = ProcessExecutor(scheduler: world.scheduler)
        clock = ProcessClock(scheduler: world.scheduler, skew: skew)
        let machine = Machine(wallClock: clock, clock: clock, random: ProcessRandom(dice: world.dice.split()), heavyWork: .inPlace)
        let store = world.mutant.store(SimulatedDatabase(process: self), machine)
        library = Library(
            store: AttributedStore(store), blobs: world.mutant.blobs(SimulatedBlobs(process: self)), limits: world.limits,
            recipe: SimulatedExtractor.recipe, wake: WakeSignal(), logger: World.logger, machine: machine)
    }

    /// Starts what a real process runs; the first also sweeps.
    func start() {
        let worker = Worker(
            library: library, extractor: SimulatedExtractor(process: self), id: .make(on: library.machine), slots: world.slots,
            policy: world.mutant.policy, pollInterval: world.mutant.pollInterval)
        let reaper = Reaper(library: library, policy: world.mutant.policy)
        let sweeper = index == 0 ? Sweeper(library: library, interval: World.sweepInterval) : nil
        world.openTasks += 1
        task = Task(executorPreference: executor) { [self] in
            await withDiscardingTaskGroup { group in
                group.addTask { await worker.runUntilCancelled() }
                group.addTask { await reaper.runUntilCancelled() }
                if let sweeper { group.addTask { await sweeper.runUntilCancelled() } }
            }
            world.ended(self)
        }
    }

    /// Dies on the spot; its readers with it.
    func crash() {
        guard !isDead else { return }
        isDead = true
        clock.stop()
        thaw()
        task?.cancel()
        world.died(self)
    }

    /// What SIGTERM does.
    func stop() {
        guard !isDead, !isStopping else { return }
        isStopping = true
        task?.cancel()
    }

    func freeze() {
        guard !isDead, !isFrozen else { return }
        isFrozen = true
        executor.freeze()
        world.readings.excuse(self)
    }

    func thaw() {
        guard isFrozen else { return }
        isFrozen = false
        executor.thaw()
    }

    func cutOff(until: Int64, _ cut: Cut) {
        cutOffUntil = until
        self.cut = cut
    }

    func reconnect() { cutOffUntil = 0 }

    /// Lets go of what holds it in turn.
    func dispose() {
        library = nil
        task = nil
    }

    /// Makes one call to something outside of the process.
    ///
    /// - Parameter lost: The error of a call that was executed and whose answer never came.
    /// - Throws: `ProcessDied` when the process is dead before or after, `unavailable` when the request did not arrive.
    func call<Result: Sendable>(
        _ service: CallFate.Service, lost: ColophonError, _ execute: @escaping () throws -> Result
    ) async throws -> Result {
        world.scheduler.checkThread()
        guard !isDead else { throw ProcessDied() }
        let fate = world.fate(of: self, to: service)
        if fate.crash == .before {
            crash()
            throw ProcessDied()
        }
        let result: Swift.Result<Result, any Error> = await withUnsafeContinuation { continuation in
            world.scheduler.after(fate.requestDelay) { [self] in
                var result: Swift.Result<Result, any Error> = .failure(ColophonError(.unavailable, "The service cannot be reached."))
                if fate.arrives && (!isDead || fate.outlivesSender) {
                    result = Swift.Result { try execute() }
                    if fate.crash == .after { crash() }
                    if let duration = fate.freeze { world.freeze(self, for: duration) }
                    if !fate.isAnswered { result = .failure(lost) }
                }
                world.scheduler.after(fate.answerDelay) { continuation.resume(returning: result) }
            }
        }
        guard !isDead else { throw ProcessDied() }
        return try result.get()
    }
}

struct ProcessDied: Error {}
