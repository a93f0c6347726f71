extension TextRow {
    /// The most words of a label or a column's name.
    private static let keyWordsMax = 8

    /// The longest run of words from one on that together are one of some keys.
    ///
    /// - Parameters:
    ///   - beginnings: What the keys begin with.
    ///   - has: Whether a key is one of them.
    ///   - isFree: Whether a word may be part of it.
    func longestKey(
        from start: Int, _ beginnings: KeyBeginnings, isFree: (Int) -> Bool = { _ in true }, has: (TextKey) -> Bool
    ) -> (words: Range<Int>, key: TextKey)? {
        var text = ""
        var best: (words: Range<Int>, key: TextKey)?
        for end in start..<min(start + Self.keyWordsMax, words.count) {
            guard isFree(end), end == start || gap(before: end) <= LabelFinder.gapMax else { break }
            text += words[end].key.value
            guard beginnings.has(text) else { break }
            let key = TextKey(text)
            if has(key) { best = (start..<(end + 1), key) }
        }
        return best
    }
}
