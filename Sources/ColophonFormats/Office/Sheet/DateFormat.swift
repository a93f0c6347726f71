/// How a cell shows a number as a date or time.
enum DateFormat {
    case date, time, dateAndTime, elapsed

    private static let secondsPerDay: Int64 = 86_400
    /// The day 1970-01-01 in the 1900 system; the 1904 system begins that much later.
    private static let unixDay: Int64 = 25_569
    private static let days1904: Int64 = 1_462
    /// The last day is that of the year 9999.
    private static let dayEnd = 2_958_466.0

    /// - Returns: `nil` for the formats of plain numbers (ECMA-376 part 1, section 18.8.30).
    init?(builtIn id: Int) {
        switch id {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: self = .date
        case 18...21, 32, 33, 45, 47, 55, 56: self = .time
        case 22: self = .dateAndTime
        case 46: self = .elapsed
        default: return nil
        }
    }

    /// - Parameter code: Such as `yyyy-mm-dd`; what is quoted, escaped or in brackets is no field.
    init?(code: String) {
        var fields: Set<Character> = []
        var characters = code.lowercased()[...]
        while let character = characters.popFirst(), character != ";" {
            switch character {
            case "\"": characters = characters.drop { $0 != "\"" }.dropFirst()
            case "\\", "_", "*": _ = characters.popFirst()
            case "[":
                if let first = characters.first, "hms".contains(first), characters.prefix(while: { $0 == first }).count <= 2,
                    characters.drop(while: { $0 == first }).first == "]"
                {
                    self = .elapsed
                    return
                }
                characters = characters.drop { $0 != "]" }.dropFirst()
            case "y", "d", "m", "h", "s": fields.insert(character)
            // "General" is spelt with none of the letters that count, beside these.
            case "g" where characters.hasPrefix("eneral"): characters = characters.dropFirst(6)
            default: break
            }
        }
        let hasTime = fields.contains("h") || fields.contains("s")
        let hasDate = fields.contains("y") || fields.contains("d") || fields.contains("m") && !hasTime
        switch (hasDate, hasTime) {
        case (true, true): self = .dateAndTime
        case (true, false): self = .date
        case (false, true): self = .time
        case (false, false): return nil
        }
    }

    /// ISO 8601; an elapsed time is hours, minutes and seconds. `nil` for what is no date.
    func text(_ serial: Double, startsIn1904: Bool) -> String? {
        guard serial >= 0, serial < Self.dayEnd else { return nil }
        let seconds = Int64((serial * Double(Self.secondsPerDay)).rounded())
        let (day, second) = (seconds / Self.secondsPerDay, seconds % Self.secondsPerDay)
        // The 1900 system counts a 29 February that was none: before it, days are one off.
        let shifted = startsIn1904 ? day + Self.days1904 : day < 60 ? day + 1 : day
        switch self {
        case .date: return Self.date(shifted - Self.unixDay)
        case .time: return Self.clock(second)
        case .dateAndTime: return "\(Self.date(shifted - Self.unixDay))T\(Self.clock(second))"
        case .elapsed: return Self.clock(seconds)
        }
    }

    private static func clock(_ seconds: Int64) -> String {
        "\(padded(seconds / 3_600)):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
    }

    /// The proleptic Gregorian date of a day, counted from 1970-01-01: in eras of 400 years that begin in March.
    private static func date(_ day: Int64) -> String {
        let sinceEra = day + 719_468
        let era = sinceEra / 146_097
        let dayOfEra = sinceEra % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let year = era * 400 + yearOfEra + (month >= 10 ? 1 : 0)
        return "\(padded(year, to: 4))-\(padded(month < 10 ? month + 3 : month - 9))-\(padded(dayOfYear - (153 * month + 2) / 5 + 1))"
    }

    private static func padded(_ number: Int64, to count: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
