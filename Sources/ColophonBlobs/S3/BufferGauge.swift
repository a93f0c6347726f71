import Synchronization

/// Counts the bytes of uploads that a store holds in memory right now, and the most that it ever held.
package final class BufferGauge: Sendable {
    private let state = Mutex((held: 0, peak: 0))

    package init() {}

    package var heldBytes: Int { state.withLock { $0.held } }
    package var peakBytes: Int { state.withLock { $0.peak } }

    fileprivate func add(_ bytes: Int) {
        state.withLock { state in
            state.held += bytes
            state.peak = max(state.peak, state.held)
        }
    }

    /// The bytes of one buffer; given back with the last reference.
    final class Share: Sendable {
        private let gauge: BufferGauge
        private let bytes = Mutex(0)

        init(of gauge: BufferGauge) { self.gauge = gauge }

        deinit { gauge.add(-bytes.withLock { $0 }) }

        func add(_ count: Int) {
            bytes.withLock { $0 += count }
            gauge.add(count)
        }
    }
}
