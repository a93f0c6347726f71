import ColophonSimulation
import Testing

/// One worker, no other fault, and a crash at each of its steps in turn: the same end every time.
@Suite struct CrashEverywhereTests {
    @Test(arguments: [PlannedCrash.Moment.before, .after], [11, 12] as [UInt64])
    func `a process may die before or after any call that it makes`(moment: PlannedCrash.Moment, seed: UInt64) throws {
        let calls = try Simulation(seed: seed, jobs: 3, plannedCrash: .never).run().calls
        #expect(calls > 30)
        let simulations = (1...calls).map { Simulation(seed: seed, jobs: 3, plannedCrash: PlannedCrash(call: $0, moment: moment)) }
        var crashes = 0
        try Simulation.runAll(simulations) { report in
            crashes += report.tally.counts[.crash] ?? 0
            #expect(report.findings == [], "crash \(moment) call \(crashes)")
            return report.findings.isEmpty
        }
        // The last sweep's calls come after all that may die.
        #expect(crashes >= calls - 5)
    }
}
