import ColophonCore
import ColophonPipeline
import ColophonStore

/// The three parts of a story: faults, the calm in which everything must end, and the stop.
struct Course {
    let world: World
    let clients: Clients

    /// - Parameter storm: When the faults stop, in virtual microseconds.
    func follow(until storm: Int64) {
        lookNowAndThen(until: storm)
        world.scheduler.at(storm) { world.calmDown() }
        run("the calm", until: storm) { world.isCalm }

        var isSettled = false
        func look() {
            isSettled = clients.waiting == 0 && clients.underWay == 0 && queueIsEmpty()
            if !isSettled { world.scheduler.after(1_000_000, look) }
        }
        world.scheduler.at(storm, look)
        run("every run to be final", until: storm + Simulation.settleSecondsMax * 1_000_000) { isSettled }

        world.close()
        run("every process to stop", until: world.scheduler.now + 120_000_000) { world.openTasks == 0 }
        sweepADayLater()
    }

    /// What no row refers to must be gone after that, and nothing else.
    private func sweepADayLater() {
        world.plannedCrash = nil
        let process = world.newProcess(0)
        guard let library = process.library else { return }
        var machine = library.machine
        machine.wallClock = ManualClock(at: machine.wallClock.now() + .seconds(24 * 3600))
        let sweep = Sweep(library: library.on(machine))
        world.openTasks += 1
        Task(executorPreference: process.executor) { [world] in
            do { _ = try await sweep.run() } catch let error as ColophonError where error.reason == "EMPTY_LEDGER" {
                // No upload was ever recorded: the leftovers are rightly left alone.
                world.shelf = BlobShelf()
            } catch { world.find("the last sweep failed: \(error)") }
            world.openTasks -= 1
        }
        run("the last sweep", until: world.scheduler.now + 120_000_000) { world.openTasks == 0 }
        process.dispose()
    }

    private func run(_ aim: String, until end: Int64, _ isDone: () -> Bool) {
        guard world.findings.isEmpty else { return }
        switch world.scheduler.run(until: end, stepsMax: Simulation.stepsMax, isDone: { isDone() || !world.findings.isEmpty }) {
        case .done: break
        case .idle: world.find("nothing can happen any more, waiting for \(aim)")
        case .late: world.find("time is up, waiting for \(aim)")
        case .restless: world.find("tasks wake each other without end, waiting for \(aim)")
        }
    }

    /// Asks the ledger for broken rules at a few moments of the storm.
    private func lookNowAndThen(until storm: Int64) {
        for _ in 0..<4 {
            world.scheduler.at(world.dice.between(0, storm)) { Inquest(world: world, clients: clients).checkRules() }
        }
    }

    private func queueIsEmpty() -> Bool {
        (try? world.database.read { try $0.rows("SELECT 1 AS one FROM jobs LIMIT 1", []).isEmpty }) ?? false
    }
}
