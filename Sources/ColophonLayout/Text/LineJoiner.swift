/// Joins pieces of a line across gaps that are no gutter: after a bullet or a number, around a tab, in loosely set text.
enum LineJoiner {
    private static let maxGap: Float = 3
    private static let maxMarkerGap: Float = 6

    static func joined(_ lines: [TextLine], words: [Word], composer: TextComposer) -> [LayoutLine] {
        var result: [LayoutLine] = []
        var current: TextLine?
        for line in lines {
            if let open = current, open.words.count < LineBuilder.maxJoinedWords,
                joins(open, line, among: lines, words: words, composer: composer)
            {
                current = LineBuilder.line(open.words + line.words, words)
                continue
            }
            if let open = current { append(open, words, composer, to: &result) }
            current = line
        }
        if let open = current { append(open, words, composer, to: &result) }
        return result
    }

    static func layoutLine(_ line: TextLine, words: [Word], composer: TextComposer) -> LayoutLine {
        let first = line.words.first.map { words[Int($0)] }
        var result = LayoutLine(
            text: composer.text(of: line), box: line.box, baseline: line.baseline, size: line.size, style: line.style, order: line.order,
            firstWordWidth: first?.box.width ?? 0, isRightToLeft: line.isRightToLeft, element: line.element)
        if let first, line.words.count > 1, first.size < 0.8 * line.size, first.baseline > line.baseline + 0.1 * line.size {
            result.startsRaised = true
        }
        return result
    }

    private static func append(_ line: TextLine, _ words: [Word], _ composer: TextComposer, to result: inout [LayoutLine]) {
        let line = layoutLine(line, words: words, composer: composer)
        if !line.text.isEmpty { result.append(line) }
    }

    private static func joins(_ left: TextLine, _ right: TextLine, among lines: [TextLine], words: [Word], composer: TextComposer) -> Bool {
        let size = max(left.size, right.size)
        guard left.element == right.element, abs(left.baseline - right.baseline) <= 0.25 * size else { return false }
        let gap =
            left.isRightToLeft || right.isRightToLeft
            ? max(right.box.x0 - left.box.x1, left.box.x0 - right.box.x1) : right.box.x0 - left.box.x1
        guard gap >= -0.2 * size else { return false }
        if left.words.count == 1, gap <= maxMarkerGap * size, ListMarker(prefixOf: composer.text(of: left) + " x") != nil { return true }
        guard gap <= maxGap * size else { return false }
        return !isGutter(from: min(left.box.x1, right.box.x1), to: max(left.box.x0, right.box.x0), near: left, size: size, lines: lines)
    }

    /// Whether the lines around keep the same strip free.
    private static func isGutter(from start: Float, to end: Float, near line: TextLine, size: Float, lines: [TextLine]) -> Bool {
        guard end - start > 0.8 * size else { return false }
        let middle = (start + end) / 2
        var left = 0
        var right = 0
        for other in lines where abs(other.baseline - line.baseline) < 8 * size && abs(other.baseline - line.baseline) > 0.3 * size {
            if other.box.x0 < middle, other.box.x1 > middle { return false }
            if other.box.x1 <= middle, middle - other.box.x1 < 10 * size { left += 1 }
            if other.box.x0 >= middle, other.box.x0 - middle < 10 * size { right += 1 }
        }
        return left >= 2 && right >= 2
    }
}
