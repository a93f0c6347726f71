import ColophonCore
import ColophonSamples
import ColophonStore
import Logging

/// One seed's world: a database, a blob store, processes that come and go, and the faults between them.
///
/// All of it lives on the scheduler's thread.
final class World: @unchecked Sendable {
    /// When virtual time begins, in milliseconds since 1970.
    static let epoch: Int64 = 1_800_000_000_000
    static let sweepInterval: Duration = .seconds(60)
    static let logger = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }

    let mutant: Mutant
    let scheduler: Scheduler
    let database: InPlaceSQLite
    let databaseClock: DatabaseClock
    let direct: DirectStore
    let limits: Limits
    let slots: Int
    let weather: Weather
    var plannedCrash: PlannedCrash?
    var dice: Dice
    var trace: Trace
    var tally = Tally()
    var shelf = BlobShelf()
    var readings = Readings()
    /// Faults have stopped.
    private(set) var isCalm = false
    /// Nothing is started again.
    private(set) var isClosing = false
    private(set) var processes: [SimulatedProcess] = []
    private(set) var findings: [String] = []
    /// Calls made so far, by all processes.
    var calls = 0
    /// Tasks that have not ended yet.
    var openTasks = 0
    var relay: Relay { Relay(world: self) }
    var watch = LedgerWatch()

    init(_ simulation: Simulation, database: InPlaceSQLite, databaseClock: DatabaseClock) {
        mutant = simulation.mutant
        plannedCrash = simulation.plannedCrash
        dice = Dice(seed: simulation.seed)
        scheduler = Scheduler(seed: dice.next())
        trace = Trace(isKept: simulation.isTraced)
        self.database = database
        self.databaseClock = databaseClock
        direct = DirectStore(database)
        slots = 1 + dice.below(3)
        weather = simulation.plannedCrash == nil ? .drawn(from: &dice) : .calm
        var limits = Limits()
        limits.leftoverAge = .seconds(600)
        self.limits = mutant.limits(limits)
        readings.onOverlap = { [unowned self] in checkOverlap($0) }
    }

    // Processes.

    func start(_ count: Int) {
        for index in 0..<count {
            processes.append(newProcess(index))
            processes[index].start()
        }
    }

    func newProcess(_ index: Int) -> SimulatedProcess {
        SimulatedProcess(world: self, index: index, skew: weather.skewMax == 0 ? 0 : dice.between(-weather.skewMax, weather.skewMax))
    }

    /// A process that somebody outside can talk to now.
    func reachableProcess() -> SimulatedProcess? {
        let alive = processes.filter { !$0.isDead && !$0.isStopping }
        return alive.isEmpty ? nil : alive[dice.below(alive.count)]
    }

    func died(_ process: SimulatedProcess) {
        note(process, "dies")
        tally.count(.crash)
        readings.end(of: process)
        if !process.isStopping { startAgain(process) }
    }

    /// All tasks of a process's services have ended.
    func ended(_ process: SimulatedProcess) {
        openTasks -= 1
        note(process, "has ended")
        if process.isStopping { startAgain(process) }
    }

    private func startAgain(_ process: SimulatedProcess) {
        guard !isClosing else { return }
        scheduler.after(isCalm ? 100_000 : dice.skewed(10_000, 15_000_000)) { [self] in
            guard !isClosing else { return }
            tally.count(.restart)
            let next = newProcess(process.index)
            note(next, "starts")
            process.dispose()
            processes[process.index] = next
            next.start()
        }
    }

    /// Nothing of a process runs for a while, its readers apart; then it goes on as if nothing had been.
    func freeze(_ process: SimulatedProcess, for duration: Int64) {
        guard !isCalm && !process.isFrozen && !process.isDead else { return }
        tally.count(.freeze)
        note(process, "freezes")
        process.freeze()
        scheduler.after(duration) { [self] in
            if !isCalm { note(process, "thaws") }
            process.thaw()
        }
    }

    func calmDown() {
        isCalm = true
        note(nil, "the faults stop")
        for process in processes {
            process.reconnect()
            process.thaw()
        }
    }

    func close() {
        isClosing = true
        note(nil, "all are stopped")
        for process in processes { process.stop() }
    }

    func dispose() { for process in processes { process.dispose() } }

    // What is wrong.

    func note(_ process: SimulatedProcess?, _ text: String) { trace.note(scheduler.now, process?.index, text) }

    /// Records what is wrong; the story ends soon after, and a handful of findings tells enough.
    func find(_ finding: String) {
        guard findings.count < 10 else { return }
        note(nil, "WRONG: \(finding)")
        findings.append(finding)
    }
}
