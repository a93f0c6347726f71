import Foundation

/// Reads a number out of text as people write it.
struct NumberReader: Sendable {
    /// What stands before the decimals.
    enum Separator: String, CaseIterable, Sendable {
        case point, comma
        /// Whatever the document's own numbers show.
        case auto
    }

    /// `.` or `,`.
    let decimal: Character

    /// - Parameter text: What to learn from where the separator is left open: every word of the document.
    init(_ separator: Separator, words: some Sequence<String>) {
        switch separator {
        case .point: decimal = "."
        case .comma: decimal = ","
        case .auto:
            var (sure, likely) = (0, 0)
            for word in words {
                let vote = Self.vote(word)
                sure += vote.sure
                likely += vote.likely
            }
            decimal = (sure != 0 ? sure : likely) > 0 ? "," : "."
        }
    }

    /// Positive for a number that has a decimal comma, negative for one that has a point, 0 for what says nothing. A lone group of three digits is
    /// likely a group, and no more than that.
    private static func vote(_ word: String) -> (sure: Int, likely: Int) {
        let kept = word.filter { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        let digits = kept.trimmingCharacters(in: CharacterSet(charactersIn: ".,"))
        guard let last = digits.lastIndex(where: { $0 == "." || $0 == "," }) else { return (0, 0) }
        let mark = digits[last]
        let byMark = mark == "," ? 1 : -1
        let parts = digits.split(separator: mark, omittingEmptySubsequences: false)
        if digits.contains(where: { ($0 == "." || $0 == ",") && $0 != mark }) { return (parts.count == 2 ? byMark : 0, 0) }
        let areGroups = (1...3).contains(parts[0].count) && parts.dropFirst().allSatisfy { $0.count == 3 }
        // A date has two marks too, and no groups of three.
        if parts.count > 2 { return (areGroups ? -byMark : 0, 0) }
        if parts[1].count <= 2 { return (byMark, 0) }
        return (0, areGroups && parts[0] != "0" ? -byMark : 0)
    }

    /// - Returns: Nil unless the whole text is one number: `1.234,56`, `Rp 6.563.562,30`, `$ -4.11`, `(9.32)`, `9,32-`, `EUR 12`.
    func number(_ text: String) -> Decimal? {
        var characters = Array(text.filter { !$0.isWhitespace })
        guard !characters.isEmpty, characters.count <= 40 else { return nil }
        var isNegative = false
        if characters.first == "(", characters.last == ")" {
            isNegative = true
            characters = Array(characters.dropFirst().dropLast())
        }
        Self.dropCurrency(&characters)
        for sign in ["-", "\u{2212}", "\u{2013}"] as [Character] {
            if characters.first == sign {
                characters.removeFirst()
                isNegative = true
            } else if characters.last == sign, characters.count > 1 {
                characters.removeLast()
                // `Rp 1.000,-` has no cents rather than less than nothing.
                if characters.last == "," || characters.last == "." { characters += ["0", "0"] } else { isNegative = true }
            }
        }
        if characters.first == "+" { characters.removeFirst() }
        Self.dropCurrency(&characters)
        guard let number = unsigned(characters) else { return nil }
        return isNegative ? -number : number
    }

    /// Currencies at either end; other letters make it no number.
    private static func dropCurrency(_ characters: inout [Character]) {
        let isMark = { (character: Character) in character.isCurrencySymbol || character.isLetter }
        let front = characters.prefix(while: isMark)
        if !front.isEmpty, CurrencyMark.isOne(String(front)) {
            characters.removeFirst(front.count)
            if characters.first == "." { characters.removeFirst() }
        }
        var back = 0
        while back < characters.count, isMark(characters[characters.count - 1 - back]) { back += 1 }
        if back > 0, CurrencyMark.isOne(String(characters.suffix(back))) { characters.removeLast(back) }
    }

    private func unsigned(_ characters: [Character]) -> Decimal? {
        guard characters.first.map({ $0.isASCII && $0.isNumber || $0 == decimal }) == true else { return nil }
        let marks = characters.indices.filter { [".", ",", "'", "\u{2019}"].contains(characters[$0]) }
        guard characters.indices.allSatisfy({ marks.contains($0) || characters[$0].isASCII && characters[$0].isNumber }) else { return nil }
        let point = decimalMark(marks, characters)
        guard let groups = groups(marks, before: point, characters), groups else { return nil }
        var digits = ""
        for index in characters.indices where !marks.contains(index) || index == point {
            digits.append(index == point ? "." : characters[index])
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.contains(where: \.isNumber), parts[0].count <= DecimalText.digitsMax else { return nil }
        if parts.count == 2 { digits = "\(parts[0]).\(parts[1].prefix(DecimalText.digitsMax))" }
        return Decimal(string: digits.hasSuffix(".") ? String(digits.dropLast()) : digits, locale: Locale(identifier: "en_US_POSIX"))
    }

    private func decimalMark(_ marks: [Int], _ characters: [Character]) -> Int? {
        guard let last = marks.last, characters[last] == "." || characters[last] == "," else { return nil }
        let same = marks.filter { characters[$0] == characters[last] }.count
        if same > 1 { return nil }
        if marks.count > 1 { return last }
        // One mark alone, with three digits behind it and one to three before, is what the document's other numbers say.
        let after = characters.count - 1 - last
        let isGroup = after == 3 && (1...3).contains(last) && characters[last] != decimal && characters[0] != "0"
        return isGroup ? nil : last
    }

    /// Whether the marks that are no decimal mark are one kind and stand before three digits each, or before two as in India.
    private func groups(_ marks: [Int], before point: Int?, _ characters: [Character]) -> Bool? {
        let groups = marks.filter { $0 != point }
        guard let first = groups.first else { return true }
        let ends = groups.dropFirst() + [point ?? characters.count]
        guard groups.allSatisfy({ characters[$0] == characters[first] }), (1...3).contains(first) else { return false }
        return zip(groups, ends).allSatisfy { $1 - $0 == 4 || $1 - $0 == 3 } && (ends.last ?? 0) - (groups.last ?? 0) == 4
    }
}
