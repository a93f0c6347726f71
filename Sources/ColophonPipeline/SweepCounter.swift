import Synchronization

/// Counts across the batches of one sweep.
final class SweepCounter: Sendable {
    struct Counts: Sendable {
        var removed = 0
        /// Those that could not be removed.
        var unremoved = 0
    }

    private let state = Mutex<(counts: Counts, firstFailure: String?)>((Counts(), nil))

    var counts: Counts { state.withLock { $0.counts } }
    /// The first blob that could not be removed, and why.
    var firstFailure: String? { state.withLock { $0.firstFailure } }

    func addRemoved() { state.withLock { $0.counts.removed += 1 } }

    func addFailure(_ what: String) {
        state.withLock { state in
            state.counts.unremoved += 1
            state.firstFailure = state.firstFailure ?? what
        }
    }
}
