import ColophonCore
import ColophonStore
import Foundation

/// Adds jobs as fast as they are done, so that a rate can be watched for as long as it takes.
struct SteadyLoad {
    /// How many jobs wait at any time.
    static let backlog = 20_000

    let rig: QueueRig
    let workers: Int
    let batch: Int

    func fill() async throws { try await rig.addBareJobs(Self.backlog) }

    /// - Parameter window: In seconds.
    /// - Returns: Jobs a second.
    func rate(during window: Int) async throws -> Double {
        let start = ContinuousClock.now
        let end = start + .seconds(window)
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var mine = 0
                    while ContinuousClock.now < end {
                        let claimed = try await rig.store.claim(QueueRig.jobType, limit: batch, for: QueueRig.worker, lease: .seconds(60))
                        if claimed.isEmpty { continue }
                        _ = try await rig.store.finish(claimed.map(\.claim))
                        mine += claimed.count
                        try await rig.addBareJobs(claimed.count)
                    }
                    return mine
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(done) / start.duration(to: .now).inSeconds
    }
}
