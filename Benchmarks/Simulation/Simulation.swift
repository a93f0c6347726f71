import ColophonStore

/// One seed: a story of uploads and faults over the product's own worker, reaper, sweeper and store, on virtual time.
package struct Simulation: Sendable {
    package var seed: UInt64
    /// How many documents are uploaded at least.
    package var jobs: Int
    /// The product, unless a bug is planted into it.
    package var mutant: Mutant = .none
    package var isTraced = false
    /// Takes the place of all other faults.
    package var plannedCrash: PlannedCrash?

    /// Within what virtual time every run must be final once faults stop, in seconds.
    package static let settleSecondsMax: Int64 = 900
    /// The most jobs that a scheduler runs: tasks that wake each other for ever are a finding.
    static let stepsMax = 3_000_000

    package init(seed: UInt64, jobs: Int, mutant: Mutant = .none, isTraced: Bool = false, plannedCrash: PlannedCrash? = nil) {
        self.seed = seed
        self.jobs = jobs
        self.mutant = mutant
        self.isTraced = isTraced
        self.plannedCrash = plannedCrash
    }

    /// Runs one story after another over one database, which forgets each.
    package static func runAll(
        _ simulations: some Sequence<Simulation>, while wanted: (SimulationReport) -> Bool
    ) throws {
        let clock = DatabaseClock()
        try InPlaceSQLite.withDatabase(clock: clock) { database in
            for simulation in simulations {
                let report = try database.withWritesForgotten { try simulation.run(over: database, clock: clock) }
                if !wanted(report) { return }
            }
        }
    }

    package func run() throws -> SimulationReport {
        var reports: [SimulationReport] = []
        try Self.runAll([self]) { report in
            reports.append(report)
            return true
        }
        return reports[0]
    }

    private func run(over database: InPlaceSQLite, clock: DatabaseClock) throws -> SimulationReport {
        let world = World(self, database: database, databaseClock: clock)
        defer { world.dispose() }
        try Clients.makeWorkspaces(in: world)
        let clients = Clients(world: world, jobs: jobs)
        let processes = plannedCrash == nil ? 1 + world.dice.below(4) : 1
        let storm = plannedCrash == nil ? world.dice.seconds(30, 120) : 5_000_000
        world.start(processes)
        clients.schedule(until: storm)
        Misfortunes(world: world).schedule(until: storm, processes: processes)
        Course(world: world, clients: clients).follow(until: storm)
        try Inquest(world: world, clients: clients).examine()
        return SimulationReport(
            seed: seed, hash: world.trace.hash, findings: world.findings, seconds: Double(world.scheduler.now) / 1e6,
            steps: world.scheduler.steps, calls: world.calls, ended: try Inquest(world: world, clients: clients).ended(),
            tally: world.tally, trace: world.trace.lines)
    }
}
