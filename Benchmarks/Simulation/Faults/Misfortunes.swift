/// What happens to whole processes: they are killed, frozen, cut off, and told to stop, at moments that the seed decides.
struct Misfortunes {
    let world: World

    /// - Parameter end: When the faults stop, in virtual microseconds.
    func schedule(until end: Int64, processes: Int) {
        let weather = world.weather
        for index in 0..<processes {
            repeated(weather.kills, until: end) { _ in
                world.tally.count(.kill)
                world.processes[index].crash()
            }
            repeated(weather.stops, until: end) { _ in
                world.tally.count(.stop)
                world.note(world.processes[index], "is told to stop")
                world.processes[index].stop()
            }
            repeated(weather.freezes, until: end) { duration in
                world.freeze(world.processes[index], for: duration)
            }
            repeated(weather.partitions, until: end) { duration in
                let process = world.processes[index]
                let cut = SimulatedProcess.Cut.allCases[world.dice.below(SimulatedProcess.Cut.allCases.count)]
                world.tally.count(.partition)
                world.note(process, "is cut off: \(cut)")
                process.cutOff(until: min(world.scheduler.now + duration, end), cut)
            }
        }
    }

    /// - Parameter body: Called with how long it lasts, from a tenth of a second to a minute.
    private func repeated(_ count: Int, until end: Int64, _ body: @escaping (Int64) -> Void) {
        for _ in 0..<count {
            let time = world.dice.between(0, end - 1)
            let duration = world.dice.skewed(100_000, 60_000_000)
            world.scheduler.at(time) { if !world.isCalm { body(duration) } }
        }
    }
}
