import ColophonSamples

/// Who is killed when: made from a seed before anything runs.
struct KillSchedule: CustomStringConvertible {
    enum Victim: String, CaseIterable { case server, worker, child }

    struct Kill {
        /// After the kill before.
        var pause: Duration
        var victim: Victim
        /// Which of several, by a number that is taken modulo how many there are.
        var choice: UInt64
    }

    let kills: [Kill]

    init(kills: Int, meanPause: Duration, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        self.kills = (0..<kills).map { _ in
            let part = Double(generator.next() % 2000) / 1000
            return Kill(
                pause: meanPause * part, victim: Victim.allCases[Int(generator.next() % UInt64(Victim.allCases.count))],
                choice: generator.next())
        }
    }

    var description: String {
        kills.enumerated().map {
            "\($0 + 1): +\($1.pause.components.seconds * 1000 + $1.pause.components.attoseconds / 1_000_000_000_000_000) ms \($1.victim.rawValue)"
        }
        .joined(separator: "; ")
    }
}
