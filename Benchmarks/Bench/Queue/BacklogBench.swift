import ArgumentParser
import ColophonCore
import ColophonStore
import Foundation

/// Whether a claim takes longer when a million jobs wait.
struct BacklogBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "backlog", abstract: "How long a claim takes, by what waits.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.postgres
    @Option(help: "How many jobs wait; several.") var waiting = [10_000, 1_000_000]
    @Option(help: "How many claims are timed.") var claims = 300
    @Option(help: "How many are claimed at once.") var batch = 10

    func run() async throws {
        try await QueueRig.withServer(engine) { server in
            try await QueueRig.with(engine, server: server) { rig in
                var medians: [Double] = []
                var there = 0
                for count in waiting {
                    try await rig.addBareJobs(count - there)
                    there = count
                    try await rig.analyze()
                    var times: [Double] = []
                    for _ in 0..<claims {
                        let start = ContinuousClock.now
                        let claimed = try await rig.store.claim(QueueRig.jobType, limit: batch, for: QueueRig.worker, lease: .seconds(60))
                        times.append(start.duration(to: .now).inMilliseconds)
                        guard claimed.count == batch else { throw ColophonError(.internal, "A claim came back short.") }
                        _ = try await rig.store.finish(claimed.map(\.claim))
                        there -= batch
                    }
                    let spread = Spread(times)
                    medians.append(spread.median)
                    print("claim of \(batch) on \(engine.rawValue) with \(count) waiting, ms: \(spread), p99 \(spread.quantile(0.99))")
                }
                if let first = medians.first, let last = medians.last { print("  ratio: \(String(format: "%.2f", last / first))") }
            }
        }
    }
}
