import ArgumentParser
import ColophonSimulation

@main
struct ColophonSim: ParsableCommand {
    @Option var seeds: UInt64 = 100
    @Option var first: UInt64 = 1
    @Option var jobs = 20
    @Flag var trace = false

    func run() throws {
        var bad = 0
        try Simulation.runAll((first..<(first + seeds)).map { Simulation(seed: $0, jobs: jobs, isTraced: trace) }) { report in
            for line in report.trace { print(line) }
            if trace || !report.findings.isEmpty {
                print(
                    report.seed, String(report.hash, radix: 16), report.seconds, report.steps, report.calls, report.ended,
                    report.tally.description)
            }
            for finding in report.findings {
                print("WRONG \(report.seed) \(finding)")
                bad += 1
            }
            return bad < 20
        }
    }
}
