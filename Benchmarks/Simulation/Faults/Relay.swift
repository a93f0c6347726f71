import ColophonCore

/// Carries wake-ups from process to process: late, twice, or not at all.
struct Relay {
    unowned let world: World

    /// Tells the others that there may be work.
    func spread(from sender: SimulatedProcess) {
        for process in world.processes where process !== sender {
            if !world.isCalm && world.dice.happens(world.weather.lostWakeUps) {
                world.tally.count(.lostWakeUp)
                continue
            }
            wake(process)
            if !world.isCalm && world.dice.happens(world.weather.doubledWakeUps) {
                world.tally.count(.doubledWakeUp)
                wake(process)
            }
        }
    }

    private func wake(_ process: SimulatedProcess) {
        world.scheduler.after(world.dice.skewed(100, 3_000_000)) { if !process.isDead { process.library?.wake.signal() } }
    }
}
