import ColophonSamples

/// Who is killed when: made from a seed before anything runs.
struct KillSchedule: CustomStringConvertible {
    enum Victim: String {
        case server, worker, child
        /// The database server, with every connection to it.
        case database
    }

    struct Kill {
        /// After the kill before.
        var pause: Duration
        var victim: Victim
        /// Which of several, by a number that is taken modulo how many there are.
        var choice: UInt64
    }

    let kills: [Kill]

    /// - Parameter databaseKills: How many of the kills hit the database server, spread evenly over them.
    init(kills: Int, databaseKills: Int, meanPause: Duration, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let others: [Victim] = [.server, .worker, .child]
        self.kills = (0..<kills).map { index in
            let part = Double(generator.next() % 2000) / 1000
            let isDatabase = (index + 1) * databaseKills / kills > index * databaseKills / kills
            let other = others[Int(generator.next() % UInt64(others.count))]
            return Kill(pause: meanPause * part, victim: isDatabase ? .database : other, choice: generator.next())
        }
    }

    var description: String {
        kills.enumerated().map {
            "\($0 + 1): +\($1.pause.components.seconds * 1000 + $1.pause.components.attoseconds / 1_000_000_000_000_000) ms \($1.victim.rawValue)"
        }
        .joined(separator: "; ")
    }
}
