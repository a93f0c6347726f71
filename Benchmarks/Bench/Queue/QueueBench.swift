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
    @Option(help: "How many are claimed at once.") var batch = 100
    @Flag(inversion: .prefixedNo, help: "Run the peer too.") var peers = true
    @Option(help: "The repository, for the peers.") var repository = "."

    func run() async throws {
        let workers = workers ?? (engine == .postgres ? 4 : 2)
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
            let best = rates.filter { !["bare queue", "whole runs"].contains($0.name) }.map { Spread($0.values).median }.max()
            if let best {
                for (name, values) in rates.prefix(2) {
                    print("  \(name) to the peer's best: \(String(format: "%.2f", Spread(values).median / best))")
                }
            }
        }
    }

    private var peerSettings: [Peer] {
        switch engine {
        case .postgres: [.pgqueuer(workers: 1, batch: 100), .pgqueuer(workers: 2, batch: 100), .pgqueuer(workers: 5, batch: 100)]
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
