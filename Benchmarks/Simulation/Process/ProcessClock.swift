import ColophonCore

/// A process's clocks: the steady one reads virtual time, the time of day is off by what the seed decided.
final class ProcessClock: SteadyClock, WallClock, @unchecked Sendable {
    private let scheduler: Scheduler
    /// In milliseconds.
    let skew: Int64
    private var isStopped = false

    init(scheduler: Scheduler, skew: Int64) {
        self.scheduler = scheduler
        self.skew = skew
    }

    /// Nobody sleeps any more: the process is dead.
    func stop() { isStopped = true }

    func elapsed() -> Duration { .microseconds(scheduler.now) }

    func now() -> Timestamp { Timestamp(milliseconds: World.epoch + scheduler.now / 1000 + skew) }

    func sleep(for duration: Duration) async throws {
        scheduler.checkThread()
        let sleeper = Sleeper()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                if Task.isCancelled || isStopped { return continuation.resume() }
                sleeper.continuation = continuation
                scheduler.after(max(duration.wholeMicroseconds, 0)) { sleeper.wake() }
            }
        } onCancel: {
            sleeper.wake()
        }
        try Task.checkCancellation()
        if isStopped { throw CancellationError() }
    }

    /// Waits whatever happens: for what takes its time even if nobody wants it any more.
    func sleepUncancelled(for microseconds: Int64) async {
        await withUnsafeContinuation { continuation in scheduler.after(microseconds) { continuation.resume() } }
    }

    /// Touched on the simulation's thread alone.
    private final class Sleeper: @unchecked Sendable {
        var continuation: UnsafeContinuation<Void, Never>?

        func wake() {
            continuation?.resume()
            continuation = nil
        }
    }
}

/// A process's own random numbers.
final class ProcessRandom: RandomSource, @unchecked Sendable {
    private var dice: Dice

    init(dice: Dice) { self.dice = dice }

    func next() -> UInt64 { dice.next() }
}

extension Duration {
    /// Whole microseconds, rounded towards zero.
    var wholeMicroseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
