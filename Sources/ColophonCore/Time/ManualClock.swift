import Synchronization

/// A clock that stands still until it is moved.
package final class ManualClock: WallClock {
    private let time: Mutex<Timestamp>

    package init(at start: Timestamp = Timestamp(milliseconds: 1_800_000_000_000)) { time = Mutex(start) }

    package func now() -> Timestamp { time.withLock { $0 } }

    package func advance(by step: Duration) { time.withLock { $0 = $0 + step } }
}
