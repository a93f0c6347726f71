import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation

/// How fast queues are emptied: ours, bare and with whole runs, and the peers, in turns over the same server or disk.
struct QueueBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "The queue: jobs a second, beside its peers.",
        subcommands: [DrainBench.self, PickupBench.self, SnapshotBench.self, BacklogBench.self, FloodBench.self],
        defaultSubcommand: DrainBench.self)
}

struct DrainBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "drain", abstract: "Empties a queue of no-op jobs.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many jobs.") var jobs = 50_000
    @Option(help: "How often each, in turns.") var rounds = 5
    @Option(help: "How many claim at once.") var workers: Int?
    @Option(help: "How many are claimed at once.") var batch: Int?
    @Flag(inversion: .prefixedNo, help: "Run the peer too.") var peers = true
    @Option(help: "The repository, for the peers.") var repository = "."

    func run() async throws {
        // Each engine's best, as of the peers below.
        let (workers, batch) = (workers ?? (engine == .postgres ? 4 : 2), batch ?? (engine == .postgres ? 1000 : 100))
        try await QueueRig.withServer(engine) { server in
            var rates: [(name: String, values: [Double])] = []
            func note(_ name: String, _ value: Double) {
                if let index = rates.firstIndex(where: { $0.name == name }) {
                    rates[index].values.append(value)
                } else {
                    rates.append((name, [value]))
                }
                print("  \(name): \(Int(value))/s")
            }
            for round in 1...rounds {
                print("round \(round)")
                try await QueueRig.with(engine, server: server) { rig in
                    try await rig.addBareJobs(jobs)
                    try await rig.analyze()
                    note("bare queue", try await Drain(rig: rig, workers: workers, batch: batch).bareJobs(jobs))
                }
                try await QueueRig.with(engine, server: server) { rig in
                    try await rig.addRuns(jobs)
                    try await rig.analyze()
                    let commits = rig.database.commitCount
                    note("whole runs", try await Drain(rig: rig, workers: workers, batch: batch).runs(jobs))
                    print("    commits a run: \(Double(rig.database.commitCount - commits) / Double(jobs))")
                }
                if peers { for peer in self.peerSettings { note(peer.name, try await rate(of: peer, server)) } }
            }
            print("drain of \(jobs) jobs on \(engine.rawValue), every commit synced, \(workers) workers of \(batch); jobs a second:")
            for (name, values) in rates { print("  \(name): \(Spread(values))") }
            for peer in rates.dropFirst(2) {
                let ratios = rates.prefix(2).map { String(format: "%.2f", Spread($0.values).median / Spread(peer.values).median) }
                print("  to \(peer.name): bare queue \(ratios[0]), whole runs \(ratios[1])")
            }
        }
    }

    private var peerSettings: [Peer] {
        switch engine {
        case .postgres: [(2, 100), (5, 100), (2, 500), (2, 1000), (3, 1000), (2, 2000)].map { .pgqueuer(workers: $0.0, batch: $0.1) }
        case .sqlite: [.huey(workers: 1), .huey(workers: 4)]
        }
    }

    private func rate(of peer: Peer, _ server: PostgresServer?) async throws -> Double {
        try await Samples.withFolder { folder in
            let place = server.map { ["drain", $0.url] } ?? ["\(folder)/huey.db"]
            let figures = try await peer.run(place + ["\(jobs)"], repository: repository)
            return figures["rate"] ?? 0
        }
    }
}
