import Synchronization

/// Counts strays while a store is walked over, and keeps the first of them.
final class StrayBlobs: Sendable {
    /// Strays that were counted and not kept.
    struct Untold: Sendable {
        var repaired = 0
        var left = 0
    }

    private let state = Mutex<(count: Int, findings: [FsckFinding], untold: Untold)>((0, [], Untold()))

    var count: Int { state.withLock { $0.count } }
    var findings: [FsckFinding] { state.withLock { $0.findings } }
    var untold: Untold { state.withLock { $0.untold } }

    func add(count: Int) { state.withLock { $0.count += count } }

    func add(_ finding: FsckFinding) {
        state.withLock { state in
            state.count += 1
            if state.findings.count < Fsck.faultsMax {
                state.findings.append(finding)
            } else if case .repaired = finding.outcome {
                state.untold.repaired += 1
            } else {
                state.untold.left += 1
            }
        }
    }
}
