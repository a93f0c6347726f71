import ArgumentParser
import ColophonSimulation
import Foundation

/// Runs the queue's code over simulated processes, networks and clocks, one seed after another, and tells what is wrong with it.
@main
struct ColophonSim: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "colophon-sim")

    @Option(help: "How many seeds to run.") var seeds: UInt64 = 1000
    @Option(help: "The first seed.") var first: UInt64 = 1
    @Option(help: "How many documents a seed uploads at least.") var jobs = 20
    @Option(help: "Plant this bug; it is an error then if nothing is found. `list` names them all.") var mutant: String?
    @Option(help: "How many seeds to run at once.") var threads = ProcessInfo.processInfo.activeProcessorCount
    @Flag(help: "Print what happens, line by line.") var trace = false

    func validate() throws {
        guard jobs > 0, threads > 0, seeds > 0 else { throw ValidationError("--seeds, --jobs and --threads must be at least 1.") }
    }

    func run() throws {
        if mutant == "list" { return listMutants() }
        let mutant = try chosen()
        if trace { try printTraces(of: mutant) }
        let start = ContinuousClock.now
        let campaign = Campaign(first: first, seeds: seeds, jobs: jobs, mutant: mutant, threads: threads)
        let summary = try campaign.run(brokenMax: mutant.name == Mutant.none.name ? 10 : 1)
        print(Self.text(summary, wall: start.duration(to: .now), jobs: jobs))
        for report in summary.broken {
            for finding in report.findings { print("BROKEN seed \(report.seed): \(finding)") }
            let option = self.mutant.map { " --mutant \($0)" } ?? ""
            print("replay: colophon-sim --first \(report.seed) --seeds 1 --jobs \(jobs)\(option) --trace")
        }
        let isAsExpected = summary.broken.isEmpty == (mutant.name == Mutant.none.name)
        if !isAsExpected { throw ExitCode(1) }
    }

    private func listMutants() {
        for mutant in Mutant.all { print("\(mutant.name): \(mutant.sentence)") }
    }

    private func chosen() throws -> Mutant {
        guard let mutant else { return .none }
        guard let chosen = Mutant.all.first(where: { $0.name == mutant }) else {
            throw ValidationError("--mutant must be one of: \(Mutant.all.map(\.name).joined(separator: ", ")).")
        }
        return chosen
    }

    private func printTraces(of mutant: Mutant) throws {
        try Simulation.runAll((first..<(first + seeds)).map { Simulation(seed: $0, jobs: jobs, mutant: mutant, isTraced: true) }) {
            report in
            print("seed \(report.seed), hash \(String(report.hash, radix: 16))")
            for line in report.trace { print(line) }
            return true
        }
    }

    private static func text(_ summary: Campaign.Summary, wall: Duration, jobs: Int) -> String {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let cpu = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
        let seconds = wall / .seconds(1)
        let ended = summary.ended.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(summary.seeds) seeds of \(jobs) jobs, \(summary.broken.count) broken; fingerprint \(String(summary.fingerprint, radix: 16))
            \(Int(seconds)) s wall, \(Int(cpu)) s of CPU, \(Int(Double(summary.seeds) / seconds)) seeds/s; \(Int(summary.hours)) simulated hours, \
            \(summary.calls) calls, \(summary.steps) steps
            runs: \(ended)
            faults: \(summary.tally.description)
            """
    }
}
