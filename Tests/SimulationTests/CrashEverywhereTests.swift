import ColophonSimulation
import Testing

/// One worker, no other fault, and a crash at each of its steps in turn: the same end every time.
@Suite(.serialized) struct CrashEverywhereTests {
    @Test(arguments: [PlannedCrash.Moment.before, .after], [11, 12] as [UInt64])
    func `a process may die before or after any call that it makes`(moment: PlannedCrash.Moment, seed: UInt64) async throws {
        let (calls, reports) = try await apart {
            let calls = try Simulation(seed: seed, jobs: 3, plannedCrash: .never).run().calls
            var reports: [SimulationReport] = []
            let simulations = (1...calls).map {
                Simulation(seed: seed, jobs: 3, plannedCrash: PlannedCrash(call: $0, moment: moment))
            }
            try Simulation.runAll(simulations) { report in
                reports.append(report)
                return report.findings.isEmpty
            }
            return (calls, reports)
        }
        #expect(calls > 30)
        for (index, report) in reports.enumerated() { #expect(report.findings == [], "crash \(moment) call \(index + 1)") }
        let crashes = reports.reduce(0) { $0 + ($1.tally.counts[.crash] ?? 0) }
        // The last sweep's calls come after all that may die.
        #expect(crashes >= calls - 9)
    }
}
