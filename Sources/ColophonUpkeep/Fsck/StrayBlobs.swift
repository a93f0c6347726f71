import Synchronization

/// Counts strays while a store is walked over, and keeps the first of them.
final class StrayBlobs: Sendable {
    private let state = Mutex<(count: Int, findings: [FsckFinding])>((0, []))

    var count: Int { state.withLock { $0.count } }
    var findings: [FsckFinding] { state.withLock { $0.findings } }

    func add(count: Int) { state.withLock { $0.count += count } }

    func add(_ finding: FsckFinding) {
        state.withLock { if $0.findings.count < Fsck.faultsMax { $0.findings.append(finding) } }
    }
}
