/// Words that stand side by side, from the left.
struct TextRow: Sendable {
    struct Word: Sendable {
        var text: String
        var key: TextKey
        var box: PlacedBox
    }

    /// Index into the text's pages.
    var page: Int
    var words: [Word]
    var box: PlacedBox

    /// The words from one index on up to a gap that is wider than so many of their heights.
    func run(from start: Int, maxGap: Float) -> Range<Int> {
        var end = start
        while end < words.count, end == start || gap(before: end) <= maxGap { end += 1 }
        return start..<end
    }

    /// Runs of words without a gap wider than so many heights.
    func runs(maxGap: Float) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < words.count {
            let run = run(from: start, maxGap: maxGap)
            runs.append(run)
            start = run.upperBound
        }
        return runs
    }

    /// The distance of a word from the one before it, in heights of the smaller of both.
    func gap(before index: Int) -> Float {
        guard index > 0 else { return .infinity }
        let (last, next) = (words[index - 1].box, words[index].box)
        return (next.left - last.right) / max(min(last.height, next.height), 1)
    }

    func text(_ range: Range<Int>) -> String { words[range].map(\.text).joined(separator: " ") }

    var text: String { text(words.indices) }

    func box(_ range: Range<Int>) -> PlacedBox {
        guard let first = words[range].first?.box else { return box }
        return words[range].dropFirst().reduce(first) { $0.union($1.box) }
    }
}

/// A rectangle on a page, in points from its top left corner, in the frame in which text is upright.
struct PlacedBox: Hashable, Sendable {
    var left: Float
    var top: Float
    var right: Float
    var bottom: Float

    var height: Float { bottom - top }
    var midX: Float { (left + right) / 2 }
    var midY: Float { (top + bottom) / 2 }

    func union(_ other: PlacedBox) -> PlacedBox {
        PlacedBox(left: min(left, other.left), top: min(top, other.top), right: max(right, other.right), bottom: max(bottom, other.bottom))
    }

    /// How much of the horizontal axis both cover; negative is the gap between them.
    func overlapX(_ other: PlacedBox) -> Float { min(right, other.right) - max(left, other.left) }

    func overlapY(_ other: PlacedBox) -> Float { min(bottom, other.bottom) - max(top, other.top) }
}
