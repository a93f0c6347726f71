import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation
import Synchronization

/// How soon a waiting worker has a job that somebody else adds.
struct PickupBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pickup", abstract: "From adding a job to its execution.")

    @Option(help: "sqlite or postgres.") var engine = QueueRig.Engine.sqlite
    @Option(help: "How many jobs.") var jobs = 1000
    @Option(help: "Jobs a second; several.") var rates = [100, 300]
    @Option(help: "How often each, in turns.") var rounds = 5
    @Flag(inversion: .prefixedNo, help: "Run the peer too.") var peers = true
    @Option(help: "The repository, for the peers.") var repository = "."

    func run() async throws {
        try await QueueRig.withServer(engine) { server in
            for rate in rates {
                var ours: [Pickup.Quantiles] = []
                var theirs: [Pickup.Quantiles] = []
                for _ in 0..<rounds {
                    ours.append(
                        try await QueueRig.with(engine, server: server) { rig in
                            try await Pickup(rig: rig).quantiles(jobs: jobs, rate: rate)
                        })
                    if peers, let server {
                        let peer = Peer(name: "pgqueuer", script: "pgqueuer_peer.py", arguments: [])
                        let figures = try await peer.run(["latency", server.url, "\(jobs)", "\(rate)"], repository: repository)
                        theirs.append(Pickup.Quantiles(p50: figures["p50"] ?? 0, p95: figures["p95"] ?? 0, p99: figures["p99"] ?? 0))
                    }
                }
                print("pick-up on \(engine.rawValue) at \(rate) jobs/s, ms:")
                Pickup.print("ours", ours)
                if !theirs.isEmpty { Pickup.print("pgqueuer", theirs) }
            }
        }
    }
}

/// From a job's start to its stop, for many at once.
final class StopWatch: Sendable {
    private let state = Mutex((starts: [JobID: ContinuousClock.Instant](), waits: [Double]()))

    /// In milliseconds.
    var waits: [Double] { state.withLock { $0.waits } }

    func start(_ job: JobID) { state.withLock { $0.starts[job] = .now } }

    /// A job that was not started is somebody else's.
    func stop(_ job: JobID, at now: ContinuousClock.Instant) {
        state.withLock { state in
            if let start = state.starts.removeValue(forKey: job) { state.waits.append(start.duration(to: now).inMilliseconds) }
        }
    }
}

/// Adds jobs at a steady pace on one side and claims them on the other.
struct Pickup {
    let rig: QueueRig

    struct Quantiles {
        var p50: Double
        var p95: Double
        var p99: Double
    }

    /// - Parameter workspace: Whose jobs are timed; others may be in the queue as well.
    func quantiles(jobs: Int, rate: Int, workspace: WorkspaceID = QueueRig.workspace) async throws -> Quantiles {
        let watch = StopWatch()
        let hints = try await Hints(rig)
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask {
                    while watch.waits.count < jobs {
                        let claimed = try await rig.store.claim(QueueRig.jobType, limit: 10, for: QueueRig.worker, lease: .seconds(60))
                        let now = ContinuousClock.now
                        for job in claimed { watch.stop(job.claim.job, at: now) }
                        if claimed.isEmpty {
                            await hints.wake.wait(timeout: .seconds(1))
                        } else {
                            _ = try await rig.store.finish(claimed.map(\.claim))
                        }
                    }
                    hints.wake.signal()
                }
            }
            group.addTask {
                try await Task.sleep(for: .milliseconds(500))
                let start = ContinuousClock.now
                for index in 0..<jobs {
                    try await Task.sleep(until: start + .seconds(Double(index) / Double(rate)), clock: .continuous)
                    let id = JobID.make()
                    watch.start(id)
                    _ = try await rig.store.enqueue([
                        NewJob(workspace: workspace, id: id, type: QueueRig.jobType, envelope: "{}", idempotencyKey: id.rawValue)
                    ])
                    hints.announce()
                }
            }
            try await group.waitForAll()
        }
        await hints.close()
        let spread = Spread(watch.waits)
        return Quantiles(p50: spread.median, p95: spread.quantile(0.95), p99: spread.quantile(0.99))
    }

    static func print(_ name: String, _ rounds: [Quantiles]) {
        Swift.print("  \(name): p50 \(Spread(rounds.map(\.p50))); p95 \(Spread(rounds.map(\.p95))); p99 \(Spread(rounds.map(\.p99)))")
    }
}
