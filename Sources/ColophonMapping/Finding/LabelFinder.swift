/// Finds where labels stand.
struct LabelFinder {
    struct Match {
        /// Index into the text's rows.
        var row: Int
        /// The label's words.
        var words: Range<Int>
        /// Its place among the rule's labels.
        var rank: Int
        /// Whether something parts it from what follows: a colon, a gap, a number. Without, it may be the beginning of another label.
        var isWhole: Bool
    }

    /// In heights of a word: what lies further apart belongs together less than a label's words do.
    static let gapMax: Float = 0.9
    /// Of more places the best are looked at.
    private static let matchesMax = 200

    private let ranks: [TextKey: Int]
    private let beginnings: KeyBeginnings

    init(_ labels: [Label]) {
        ranks = Dictionary(labels.enumerated().map { ($1.key, $0) }, uniquingKeysWith: min)
        beginnings = KeyBeginnings(of: labels.map(\.key))
    }

    /// The best first: whole labels before others, then by the order of the labels, then from the top or from the bottom.
    func matches(in text: SourceText, isLast: Bool) -> [Match] {
        let found = text.rows.indices.flatMap { matches(in: text.rows[$0], at: $0) }
        let order: (Match) -> (Int, Int, Int) = { match in
            (match.isWhole ? 0 : 1, match.rank, isLast ? -match.row : match.row)
        }
        return Array(found.sorted { order($0) < order($1) }.prefix(Self.matchesMax))
    }

    /// The labels of one row, the longest where several begin at one word.
    func matches(in row: TextRow, at index: Int) -> [Match] {
        var matches: [Match] = []
        var start = 0
        while start < row.words.count {
            guard Self.begins(row, at: start), let match = longest(in: row, at: index, from: start) else {
                start += 1
                continue
            }
            matches.append(match)
            start = match.words.upperBound
        }
        return matches
    }

    private func longest(in row: TextRow, at index: Int, from start: Int) -> Match? {
        guard let (words, key) = row.longestKey(from: start, beginnings, has: { ranks[$0] != nil }), let rank = ranks[key] else {
            return nil
        }
        return Match(row: index, words: words, rank: rank, isWhole: Self.ends(row, before: words.upperBound))
    }

    /// Nothing stands before it that it could be the end of.
    private static func begins(_ row: TextRow, at index: Int) -> Bool {
        guard index > 0, row.gap(before: index) <= gapMax else { return true }
        let last = row.words[index - 1]
        return last.key.isEmpty || last.text.hasSuffix(":") || last.text.contains(where: \.isNumber)
    }

    private static func ends(_ row: TextRow, before end: Int) -> Bool {
        guard end < row.words.count, row.gap(before: end) <= gapMax else { return true }
        let next = row.words[end].text
        return row.words[end - 1].text.hasSuffix(":") || next.contains(where: \.isNumber) || row.words[end].key.isEmpty
            || CurrencyMark.isOne(next)
    }
}
