import Foundation

/// Reads values of one type out of words.
struct ValueReader {
    let type: ValueType
    let numbers: NumberReader
    let dates: DateReader

    struct Reading {
        var content: MappedValue.Content
        /// The words that it was read from.
        var words: Range<Int>
    }

    private static let reachMax = 12
    private static let dateWordsMax = 5
    private static let numberWordsMax = 4
    static let textGapMax: Float = 1.2
    /// Further behind its label a text is somebody else's; numbers and days are told by what they are.
    private static let textReachMax: Float = 5

    /// The first value among the words of a row from one of them on.
    ///
    /// - Parameter pattern: What must match in the words' text; its first group is the value.
    func first(in row: TextRow, from start: Int, to end: Int, pattern: Pattern? = nil) -> Reading? {
        guard start < end else { return nil }
        if let pattern { return matched(pattern, in: row, start..<end) }
        switch type {
        case .text: return text(in: row, start..<end)
        case .identifier: return identifier(in: row, start..<end)
        case .number:
            return search(in: row, start..<end, wordsMax: Self.numberWordsMax, joins: joinsNumber) {
                numbers.number($0).map { .number($0) }
            }
        case .date:
            return search(in: row, start..<end, wordsMax: Self.dateWordsMax) { dates.date($0).map { .date($0) } }
        }
    }

    /// The value of a whole text.
    func whole(_ text: String) -> MappedValue.Content? {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        switch type {
        case .text: return text.isEmpty ? nil : .text(text)
        case .identifier: return text.contains(where: \.isNumber) && !text.contains(where: \.isWhitespace) ? .text(text) : nil
        case .number: return numbers.number(text).map { .number($0) }
        case .date: return dates.date(text).map { .date($0) }
        }
    }

    private func text(in row: TextRow, _ range: Range<Int>) -> Reading? {
        guard let start = range.first(where: { !row.words[$0].key.isEmpty }), row.gap(before: start) <= Self.textReachMax || start == 0
        else {
            return nil
        }
        let words = row.run(from: start, maxGap: Self.textGapMax).clamped(to: range)
        return Reading(content: .text(row.text(words)), words: words)
    }

    private func identifier(in row: TextRow, _ range: Range<Int>) -> Reading? {
        for index in range.prefix(4) {
            if index > range.lowerBound, row.words[index - 1].text.hasSuffix(":"), !row.words[index - 1].key.isEmpty { return nil }
            let text = Self.bare(row.words[index].text)
            if text.contains(where: \.isNumber) { return Reading(content: .text(text), words: index..<(index + 1)) }
        }
        return nil
    }

    /// An identifier without the signs around it.
    static func bare(_ text: String) -> String { text.trimmingCharacters(in: CharacterSet(charactersIn: "#:;,.()[]")) }

    /// The longest run of words that is a value, at the first place where there is one; not beyond the next label.
    private func search(
        in row: TextRow, _ range: Range<Int>, wordsMax: Int, joins: ((TextRow, Int) -> Bool)? = nil,
        _ value: (String) -> MappedValue.Content?
    ) -> Reading? {
        for start in range.prefix(Self.reachMax) {
            if start > range.lowerBound, row.words[start - 1].text.hasSuffix(":"), !row.words[start - 1].key.isEmpty { return nil }
            var end = start + 1
            while end < min(start + wordsMax, range.upperBound), row.gap(before: end) <= LabelFinder.gapMax, joins?(row, end) ?? true {
                end += 1
            }
            while end > start {
                let isShare = end < row.words.count && row.words[end].text.hasPrefix("%") && row.gap(before: end) <= LabelFinder.gapMax
                if !isShare, let content = value(Self.trimmed(row.text(start..<end))) {
                    return Reading(content: content, words: start..<end)
                }
                end -= 1
            }
        }
        return nil
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: CharacterSet(charactersIn: ":;=* ")) }

    /// Two words of digits are one number only where the second is a group of three; else a sign or a currency joins a number.
    private func joinsNumber(_ row: TextRow, _ index: Int) -> Bool {
        let (last, next) = (row.words[index - 1].text, row.words[index].text)
        let hasDigit = { (text: String) in text.contains { $0.isASCII && $0.isNumber } }
        guard hasDigit(last), hasDigit(next) else { return last.count <= 3 || next.count <= 3 }
        return last.allSatisfy { $0.isASCII && $0.isNumber } && last.count <= 3 && next.prefix(3).allSatisfy { $0.isASCII && $0.isNumber }
            && next.prefix { $0.isNumber }.count == 3 && row.gap(before: index) <= 0.5
    }

    private func matched(_ pattern: Pattern, in row: TextRow, _ range: Range<Int>) -> Reading? {
        guard let (text, words) = Self.match(pattern, in: row, range), let content = whole(text) else { return nil }
        return Reading(content: content, words: words)
    }

    /// What a pattern takes of some words' text, and the words that it touches.
    static func match(_ pattern: Pattern, in row: TextRow, _ range: Range<Int>) -> (text: String, words: Range<Int>)? {
        let text = row.text(range)
        guard let found = pattern.firstMatch(in: text), !found.isEmpty else { return nil }
        var touched: [Int] = []
        var position = 0
        for index in range {
            let length = row.words[index].text.unicodeScalars.count
            if position < found.upperBound, position + length > found.lowerBound { touched.append(index) }
            position += length + 1
        }
        guard let first = touched.first, let last = touched.last else { return nil }
        let scalars = Array(text.unicodeScalars)[found]
        return (String(String.UnicodeScalarView(scalars)), first..<(last + 1))
    }
}
