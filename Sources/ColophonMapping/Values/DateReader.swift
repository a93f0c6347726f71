/// Reads a day out of text as people write it, in the languages of `MonthNames`.
struct DateReader: Sendable {
    /// What the numbers of a date without a month's name mean, where they could mean either.
    enum Order: String, CaseIterable, Sendable {
        case dayFirst = "day-first"
        case monthFirst = "month-first"
    }

    var order: Order

    /// - Returns: Nil unless the whole text is one date: `2024-03-05`, `05/03/24`, `5. März 2024`, `March 5, 2024`, `20240305`.
    func date(_ text: String) -> LocalDate? {
        guard text.utf8.count <= 60, let parts = Self.parts(text) else { return nil }
        switch parts.count {
        case 1: return eightDigits(parts[0])
        case 3: return named(parts) ?? numeric(parts)
        default: return nil
        }
    }

    private enum Part {
        case number(Int, digits: Int)
        case month(Int)
    }

    /// Runs of digits and of letters; words that stand between a day and a month in some languages are passed over.
    private static func parts(_ text: String) -> [Part]? {
        var parts: [Part] = []
        for piece in pieces(text) {
            if let number = Int(piece), piece.utf8.count <= 8 {
                parts.append(.number(number, digits: piece.utf8.count))
            } else if ["de", "of", "del", "th", "st", "nd", "rd", "er"].contains(piece.lowercased()), !parts.isEmpty {
                continue
            } else if let month = MonthNames.month(TextKey(piece)) {
                parts.append(.month(month))
            } else {
                return nil
            }
        }
        return parts
    }

    /// Nothing but these may stand between the parts.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var wasDigit: Bool?
        for character in text {
            if "./-, '\u{2019}\u{2013}".contains(character) {
                wasDigit = nil
                continue
            }
            let isDigit = character.isASCII && character.isNumber
            if wasDigit == isDigit, !pieces.isEmpty { pieces[pieces.count - 1].append(character) } else { pieces.append(String(character)) }
            wasDigit = isDigit
        }
        return pieces
    }

    private func eightDigits(_ part: Part) -> LocalDate? {
        guard case .number(let number, 8) = part else { return nil }
        return LocalDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    private func named(_ parts: [Part]) -> LocalDate? {
        switch (parts[0], parts[1], parts[2]) {
        case (.number(let year, 4), .month(let month), .number(let day, _)): return LocalDate(year: year, month: month, day: day)
        case (.number(let day, _), .month(let month), .number(let year, let digits)),
            (.month(let month), .number(let day, _), .number(let year, let digits)):
            return LocalDate(year: Self.whole(year, digits), month: month, day: day)
        default: return nil
        }
    }

    private func numeric(_ parts: [Part]) -> LocalDate? {
        guard case .number(let first, let firstDigits) = parts[0], case .number(let second, let secondDigits) = parts[1],
            case .number(let third, let thirdDigits) = parts[2], secondDigits <= 2
        else { return nil }
        if firstDigits == 4, thirdDigits <= 2 { return LocalDate(year: first, month: second, day: third) }
        guard firstDigits <= 2, [2, 4].contains(thirdDigits) else { return nil }
        let year = Self.whole(third, thirdDigits)
        let dayFirst = LocalDate(year: year, month: second, day: first)
        let monthFirst = LocalDate(year: year, month: first, day: second)
        return order == .dayFirst ? dayFirst ?? monthFirst : monthFirst ?? dayFirst
    }

    /// Two digits are a year of this century up to 69, and of the last one from then on (POSIX strptime, `%y`, has 68).
    private static func whole(_ year: Int, _ digits: Int) -> Int { digits == 4 ? year : digits == 2 ? (year < 70 ? 2000 : 1900) + year : 0 }
}
