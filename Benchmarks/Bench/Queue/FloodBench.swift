import ArgumentParser
import ColophonCore
import ColophonStore
import Foundation

/// Whether one workspace's flood keeps another waiting.
struct FloodBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flood", abstract: "One workspace's pick-up while another's flood is worked off.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many jobs the flood has.") var flood = 100_000
    @Option(help: "How many jobs of the other are timed.") var jobs = 500
    @Option(help: "How many of them a second.") var rate = 100
    @Option(help: "How often, in turns.") var rounds = 5

    func run() async throws {
        let other = WorkspaceID(rawValue: "other")
        try await QueueRig.withServer(engine) { server in
            var (idle, flooded): ([Pickup.Quantiles], [Pickup.Quantiles]) = ([], [])
            for _ in 0..<rounds {
                try await QueueRig.with(engine, server: server) { rig in
                    try await rig.store.ensureWorkspace(other, name: "other")
                    idle.append(try await Pickup(rig: rig).quantiles(jobs: jobs, rate: rate, workspace: other))
                    try await rig.addBareJobs(flood)
                    flooded.append(try await Pickup(rig: rig).quantiles(jobs: jobs, rate: rate, workspace: other))
                    let depth = try await rig.store.queueDepth()
                    guard depth.waiting > 0 else { throw ColophonError(.internal, "The flood was over before the end; give it more jobs.") }
                }
            }
            print("pick-up of another workspace's jobs on \(engine.rawValue), ms:")
            Pickup.print("idle", idle)
            Pickup.print("beside a flood of \(flood)", flooded)
            print("  p95 to idle: \(String(format: "%.2f", Spread(flooded.map(\.p95)).median / Spread(idle.map(\.p95)).median))")
        }
    }
}
