/// Measures and waits: its readings only grow, however the time of day is set. Passed in, so that a simulation decides when an hour
/// has passed.
package protocol SteadyClock: Sendable {
    /// How long it is since a moment that stays the same while the process lives; a machine's sleep counts.
    func elapsed() -> Duration

    /// - Throws: `CancellationError` when the task is cancelled, before the time is over.
    func sleep(for duration: Duration) async throws
}

/// CLOCK_BOOTTIME on Linux: a worker whose machine was suspended must notice when it wakes.
package struct SystemSteadyClock: SteadyClock {
    private static let origin = ContinuousClock.now

    package init() {}

    package func elapsed() -> Duration { Self.origin.duration(to: .now) }

    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration, clock: .continuous) }
}
