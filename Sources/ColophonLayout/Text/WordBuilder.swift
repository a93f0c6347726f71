/// Joins glyphs into words: a word ends at white space, at a gap, at a new baseline or size, or where the text jumps back.
///
/// Gaps are counted in ems. A word space is a quarter to a third of an em in most fonts; where PDFium saw a gap as well, which
/// knows the widths of the font's own characters, a smaller one will do.
struct WordBuilder {
    private static let sureGap: Float = 0.28
    private static let likelyGap: Float = 0.1
    private static let maxStepBack: Float = 0.35
    private static let maxBaselineShift: Float = 0.12

    /// - Parameter glyphs: Glyphs that all run to the right (direction 0).
    static func words(of glyphs: [Glyph]) -> [Word] {
        var words: [Word] = []
        words.reserveCapacity(glyphs.count / 5 + 1)
        glyphs.withUnsafeBufferPointer { glyphs in
            var start = 0
            var startsLine = true
            var followsSpace = true
            for index in 0..<glyphs.count {
                let glyph = glyphs[index]
                if glyph.flags.contains(.space) {
                    if start < index { words.append(word(glyphs, start..<index, startsLine, followsSpace)) }
                    if start < index { startsLine = false }
                    if glyph.flags.contains(.afterBreak) { startsLine = true }
                    start = index + 1
                    followsSpace = true
                    continue
                }
                if start < index, let edge = edge(from: glyphs[index - 1], to: glyph) {
                    words.append(word(glyphs, start..<index, startsLine, followsSpace))
                    start = index
                    startsLine = edge == .line
                    followsSpace = edge != .script
                } else if start == index, glyph.flags.contains(.afterBreak) {
                    startsLine = true
                }
            }
            if start < glyphs.count { words.append(word(glyphs, start..<glyphs.count, startsLine, followsSpace)) }
        }
        return words
    }

    private enum Edge {
        case gap, script, line
    }

    /// How the next glyph is parted from the one before it; `nil` when both belong to one word.
    @inline(__always)
    private static func edge(from previous: Glyph, to next: Glyph) -> Edge? {
        if next.flags.contains(.afterBreak) || next.element != previous.element { return .line }
        let size = max(previous.size, next.size)
        let shift = abs(next.baseline - previous.baseline)
        let forward = next.box.x0 - previous.box.x1
        let backward = previous.box.x0 - next.box.x1
        // Of two glyphs the one drawn second may stand on either side: right-to-left text runs backwards.
        let gap = max(forward, backward)
        if shift > size * 0.7 { return .line }
        if gap > size * sureGap || (next.flags.contains(.afterGap) && gap > size * likelyGap) { return .gap }
        if gap < -size * maxStepBack, previous.box != next.box { return .gap }
        if shift > size * maxBaselineShift || previous.size > next.size * 1.35 || next.size > previous.size * 1.35 { return .script }
        return nil
    }

    private static func word(
        _ glyphs: UnsafeBufferPointer<Glyph>, _ range: Range<Int>, _ startsLine: Bool, _ followsSpace: Bool
    ) -> Word {
        var box = Box.empty
        var size: Float = 0
        var bold = 0
        var italic = 0
        var monospaced = 0
        var rightToLeft = 0
        for index in range {
            let glyph = glyphs[index]
            box.formUnion(glyph.box)
            size = max(size, glyph.size)
            if glyph.flags.contains(.bold) { bold += 1 }
            if glyph.flags.contains(.italic) { italic += 1 }
            if glyph.flags.contains(.monospaced) { monospaced += 1 }
            if Script.isRightToLeft(glyph.scalar) { rightToLeft += 1 }
        }
        var style: Glyph.Flags = []
        if bold * 2 > range.count { style.insert(.bold) }
        if italic * 2 > range.count { style.insert(.italic) }
        if monospaced * 2 > range.count { style.insert(.monospaced) }
        return Word(
            box: box, baseline: glyphs[range.lowerBound].baseline, size: size, glyphs: range, style: style,
            isRightToLeft: rightToLeft * 2 > range.count, startsLine: startsLine, followsSpace: followsSpace,
            element: glyphs[range.lowerBound].element)
    }
}
