/// What the code takes from the machine it runs on, storage apart: time, chance, and threads for long computations.
///
/// All of it is passed in, so that a simulation can decide and repeat it.
package struct Machine: Sendable {
    /// The time of day; nothing that must be right relies on it, leases are judged by the database's clock.
    package var wallClock: any WallClock
    /// What waits and time-outs are measured by.
    package var clock: any SteadyClock
    package var random: any RandomSource
    package var heavyWork: HeavyWork

    package init(wallClock: any WallClock, clock: any SteadyClock, random: any RandomSource, heavyWork: HeavyWork) {
        self.wallClock = wallClock
        self.clock = clock
        self.random = random
        self.heavyWork = heavyWork
    }

    /// The one that the process runs on.
    package static let real = Machine(
        wallClock: SystemClock(), clock: SystemSteadyClock(), random: SystemRandomSource(), heavyWork: .threads)
}
