/// Which faults a seed has, and how often: each kind is off in half of the seeds, so that no kind can hide what another would show
/// (Groce and others, "Swarm Testing", ISSTA 2012).
struct Weather {
    // Of a million calls to the database or the blob store.
    var crashesBefore = 0
    var crashesAfter = 0
    var freezesAtCalls = 0
    var refusals = 0
    var lostAnswers = 0
    var slowCalls = 0
    var fullDisks = 0
    // Of a million pages read.
    var deadReaders = 0
    var readFailures = 0
    // Of a million wake-ups to another process.
    var lostWakeUps = 0
    var doubledWakeUps = 0
    // So many times a process in a simulation.
    var freezes = 0
    var partitions = 0
    var stops = 0
    var kills = 0
    /// How far a process's time of day may be off, in milliseconds.
    var skewMax: Int64 = 0

    static let calm = Weather()

    static func drawn(from dice: inout Dice) -> Weather {
        var weather = Weather()
        func some(_ low: Int64, _ high: Int64) -> Int { dice.below(2) == 0 ? 0 : Int(dice.skewed(low, high)) }
        weather.crashesBefore = some(200, 20_000)
        weather.crashesAfter = some(200, 20_000)
        weather.freezesAtCalls = some(2000, 60_000)
        weather.refusals = some(1000, 100_000)
        weather.lostAnswers = some(1000, 100_000)
        weather.slowCalls = some(1000, 50_000)
        weather.fullDisks = some(1000, 50_000)
        weather.deadReaders = some(1000, 100_000)
        weather.readFailures = some(1000, 100_000)
        weather.lostWakeUps = some(10_000, 1_000_000)
        weather.doubledWakeUps = some(10_000, 500_000)
        weather.freezes = some(1, 4)
        weather.partitions = some(1, 4)
        weather.stops = some(1, 4)
        weather.kills = some(1, 4)
        weather.skewMax = Int64(some(100, 60_000))
        return weather
    }
}

/// The kinds of faults, as they are counted.
package enum Fault: String, CaseIterable, Sendable {
    case crash, kill, restart, freeze, partition, stop
    case refusal, lateRequest, lostAnswer, slowCall, fullDisk
    case deadReader, readFailure, harmfulDocument
    case lostWakeUp, doubledWakeUp
    case cancel, delete, reparse, retry, secondUpload
}
