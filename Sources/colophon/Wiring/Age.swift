import ArgumentParser

/// A length of time on the command line and in the environment: a whole number and a unit, `90s`, `15m`, `12h`, `7d`; or no end to it.
struct Age: ExpressibleByArgument, CustomStringConvertible {
    /// Nil is for ever.
    let duration: Duration?

    /// How the values are written, for messages.
    static let grammar = "a time such as 90s, 15m, 12h or 7d, or never"
    /// A hundred years: what lasts longer may as well last for ever.
    private static let secondsMax: Int64 = 100 * 365 * 86_400
    private static let units: [(letter: Character, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    init(_ duration: Duration?) { self.duration = duration }

    init?(argument: String) {
        if argument == "never" || argument == "forever" {
            duration = nil
            return
        }
        guard let unit = Self.units.first(where: { $0.letter == argument.last }), let count = Int64(argument.dropLast()), count > 0,
            count <= Self.secondsMax / unit.seconds
        else { return nil }
        duration = .seconds(count * unit.seconds)
    }

    /// In the largest unit that leaves no rest.
    var description: String {
        guard let duration else { return "never" }
        let seconds = duration.components.seconds
        guard let unit = Self.units.first(where: { seconds % $0.seconds == 0 }) else { return "never" }
        return "\(seconds / unit.seconds)\(unit.letter)"
    }
}
