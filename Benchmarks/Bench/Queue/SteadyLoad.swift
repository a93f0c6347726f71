import ColophonCore
import ColophonStore
import Foundation
import Synchronization

/// Adds jobs as fast as they are done, so that a rate can be watched for as long as it takes.
struct SteadyLoad {
    /// How many jobs wait at any time.
    static let backlog = 20_000

    let rig: QueueRig
    let workers: Int
    let batch: Int

    /// - Parameter begin: Called when a window begins, with its number from 0.
    /// - Returns: The jobs a second of each window.
    func rates(windows: Int, window: Int, begin: (Int) async throws -> Void) async throws -> [Double] {
        try await rig.addBareJobs(Self.backlog)
        let done = Counter()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    while !Task.isCancelled {
                        let claimed = try await rig.store.claim(QueueRig.jobType, limit: batch, for: QueueRig.worker, lease: .seconds(60))
                        if claimed.isEmpty { continue }
                        _ = try await rig.store.finish(claimed.map(\.claim))
                        done.add(claimed.count)
                        try await rig.addBareJobs(claimed.count)
                    }
                }
            }
            var rates: [Double] = []
            for index in 0..<windows {
                try await begin(index)
                let (before, start) = (done.value, ContinuousClock.now)
                try await Task.sleep(for: .seconds(window))
                rates.append(Double(done.value - before) / start.duration(to: .now).inSeconds)
                print("  window \(index + 1): \(Int(rates[index]))/s")
            }
            group.cancelAll()
            return rates
        }
    }
}

/// Counts from several tasks.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add(_ number: Int) { count.add(number, ordering: .relaxed) }
}
