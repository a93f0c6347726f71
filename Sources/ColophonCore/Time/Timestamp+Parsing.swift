extension Timestamp {
    package static let millisecondsADay: Int64 = 86_400_000

    /// A moment in the form of RFC 3339, or a day, which is its beginning in UTC; nil for anything else.
    ///
    /// Fractions finer than a millisecond are cut off. A leap second counts as the first of the next minute.
    package init?(text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
            let day = scanner.number(2), (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        var milliseconds = Self.daysSince1970(year, month, day) * Self.millisecondsADay
        if scanner.isAtEnd {
            self.init(milliseconds: milliseconds)
            return
        }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" "), let hour = scanner.number(2), scanner.take(":"),
            let minute = scanner.number(2), scanner.take(":"), let second = scanner.number(2), hour < 24, minute < 60, second <= 60
        else { return nil }
        milliseconds += ((hour * 60 + minute) * 60 + second) * 1000
        if scanner.take(".") {
            guard let fraction = scanner.fraction() else { return nil }
            milliseconds += fraction
        }
        if !scanner.take("Z") && !scanner.take("z") {
            let sign: Int64 = scanner.take("+") ? -1 : 1
            guard sign == -1 || scanner.take("-"), let hours = scanner.number(2), scanner.take(":"), let minutes = scanner.number(2),
                hours < 24, minutes < 60
            else { return nil }
            milliseconds += sign * (hours * 60 + minutes) * 60_000
        }
        guard scanner.isAtEnd else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// The days from 1970-01-01 to a day of the Gregorian calendar, which repeats every 400 years.
    static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        // Years that begin in March, so that a leap day is the last.
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Year and month of the day that a moment is in, in UTC.
    var yearAndMonth: (year: Int64, month: Int64) {
        let days = Self.floorDivide(milliseconds, Self.millisecondsADay) + 719_468
        let era = Self.floorDivide(days, 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = ((5 * dayOfYear + 2) / 153 + 2) % 12 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month)
    }

    static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly so many digits.
    mutating func number(_ digits: Int) -> Int64? {
        let part = rest.prefix(digits)
        guard part.count == digits, part.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest.removeFirst(digits)
        return part.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// What stands behind a decimal point, in milliseconds.
    mutating func fraction() -> Int64? {
        let part = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...12).contains(part.count) else { return nil }
        rest.removeFirst(part.count)
        return (Array(part.prefix(3)) + Array(repeating: 0x30, count: max(0, 3 - part.count))).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }
}
