import ColophonCore
import ColophonStore
import Foundation

/// Empties a queue with several workers, each claiming a batch at a time.
struct Drain {
    let rig: QueueRig
    let workers: Int
    let batch: Int

    /// - Returns: Jobs a second, from the first claim to the last end.
    func bareJobs(_ count: Int) async throws -> Double {
        try await rate(count) {
            let claimed = try await rig.store.claim(QueueRig.jobType, limit: batch, for: QueueRig.worker, lease: .seconds(60))
            if claimed.isEmpty { return 0 }
            guard try await rig.store.finish(claimed.map(\.claim)).isEmpty else { throw ColophonError(.internal, "A claim was lost.") }
            return claimed.count
        }
    }

    /// Whole runs: claimed with their events and changes, completed with an artifact each.
    ///
    /// - Returns: Runs a second.
    func runs(_ count: Int) async throws -> Double {
        let hash = String(repeating: "0", count: 64)
        return try await rate(count) {
            let claimed = try await rig.store.claimJobs(limit: batch, for: QueueRig.worker, lease: .seconds(60))
            try await withThrowingTaskGroup { group in
                for job in claimed {
                    group.addTask {
                        let artifact = Artifact(kind: .structure, blob: .result(.structure, of: job.claim), sha256: hash, bytes: 1)
                        try await rig.store.complete(job.claim, with: RunResult(artifacts: [artifact], pages: 1, items: 1))
                    }
                }
                try await group.waitForAll()
            }
            return claimed.count
        }
    }

    private func rate(_ count: Int, _ step: @escaping @Sendable () async throws -> Int) async throws -> Double {
        let start = ContinuousClock.now
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var mine = 0
                    while true {
                        let step = try await step()
                        if step == 0 { return mine }
                        mine += step
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        let seconds = start.duration(to: .now).inSeconds
        guard done == count else { throw ColophonError(.internal, "\(done) of \(count) jobs were done.") }
        let depth = try await rig.store.queueDepth()
        guard depth == QueueDepth(waiting: 0, claimed: 0) else { throw ColophonError(.internal, "Jobs are left: \(depth).") }
        return Double(count) / seconds
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var inMilliseconds: Double { inSeconds * 1000 }
}
