/// Joins words into lines, following the order in which the page draws them.
///
/// A line ends where the next word stands on another baseline, jumps back, or stands further off than `maxGap` ems; lines are
/// thus cut at the gutters of columns and tables. Pieces of one line that were drawn apart are joined afterwards.
struct LineBuilder {
    /// A space of justified text stays below this, a gutter above it.
    static let maxGap: Float = 1.0
    /// Longer lines are not joined further: the cost grows with the square.
    static let maxJoinedWords = 1_000

    static func lines(of words: [Word], glyphs: [Glyph], maxGap: Float = maxGap) -> [TextLine] {
        var lines: [TextLine] = []
        var current: [Int32] = []
        var baseline: Float = 0
        var size: Float = 0
        var extent = Box.empty
        for index in words.indices {
            let word = words[index]
            if let last = current.last, continues(word, words[Int(last)], baseline: baseline, size: size, extent: extent, maxGap: maxGap) {
                current.append(Int32(clamping: index))
                // A raised or lowered word does not move the line.
                if word.size > size * 1.2 {
                    baseline = word.baseline
                    size = word.size
                }
                extent.formUnion(word.box)
                continue
            }
            if !current.isEmpty { lines.append(line(current, words)) }
            current = [Int32(clamping: index)]
            baseline = word.baseline
            size = word.size
            extent = word.box
        }
        if !current.isEmpty { lines.append(line(current, words)) }
        return joined(lines, words)
    }

    private static func continues(_ word: Word, _ last: Word, baseline: Float, size: Float, extent: Box, maxGap: Float) -> Bool {
        guard word.element == last.element else { return false }
        let large = max(word.size, size)
        let small = min(word.size, size)
        let shift = abs(word.baseline - baseline)
        if small > large * 0.85 {
            guard shift <= 0.22 * large else { return false }
        } else {
            // Superscripts and subscripts: most of the smaller one's height lies within the line.
            guard shift <= 0.6 * large, word.box.overlapY(extent) > 0.5 * min(word.box.height, extent.height) else { return false }
        }
        let gap = max(word.box.x0 - last.box.x1, last.box.x0 - word.box.x1)
        guard gap <= maxGap * large else { return false }
        if word.isRightToLeft || last.isRightToLeft { return true }
        return word.box.x0 >= last.box.x0 - 0.3 * large && word.box.x1 >= extent.x0
    }

    static func line(_ indices: [Int32], _ words: [Word]) -> TextLine {
        var box = Box.empty
        var characters = 0
        var bold = 0
        var italic = 0
        var monospaced = 0
        var rightToLeft = 0
        var size: Float = 0
        var sizeWeight = 0
        var baseline: Float = 0
        for index in indices {
            let word = words[Int(index)]
            box.formUnion(word.box)
            let count = word.glyphs.count
            characters += count
            if word.style.contains(.bold) { bold += count }
            if word.style.contains(.italic) { italic += count }
            if word.style.contains(.monospaced) { monospaced += count }
            if word.isRightToLeft { rightToLeft += count }
            // Boyer and Moore's majority vote: exact where one size has most of the characters, which is nearly always.
            if abs(word.size - size) < 0.05 {
                sizeWeight += count
            } else if count > sizeWeight {
                size = word.size
                baseline = word.baseline
                sizeWeight = count - sizeWeight
            } else {
                sizeWeight -= count
            }
        }
        var style: Glyph.Flags = []
        if bold * 10 > characters * 8 { style.insert(.bold) }
        if italic * 10 > characters * 8 { style.insert(.italic) }
        if monospaced * 10 > characters * 8 { style.insert(.monospaced) }
        return TextLine(
            box: box, baseline: baseline, size: size, words: indices, style: style, isRightToLeft: rightToLeft * 2 > characters,
            order: Int(indices.min() ?? 0), element: indices.first.map { words[Int($0)].element } ?? 0)
    }

    /// Joins pieces that stand side by side on one baseline closer than a word space should be, whatever was drawn between them.
    private static func joined(_ lines: [TextLine], _ words: [Word]) -> [TextLine] {
        guard lines.count > 1 else { return lines }
        let byPlace = lines.indices.sorted { first, second in
            if abs(lines[first].baseline - lines[second].baseline) > 0.5 { return lines[first].baseline > lines[second].baseline }
            return lines[first].box.x0 == lines[second].box.x0 ? first < second : lines[first].box.x0 < lines[second].box.x0
        }
        var result = lines
        var target = Array(lines.indices)
        var changed = false
        for (left, right) in zip(byPlace, byPlace.dropFirst()) {
            let home = target[left]
            let size = max(lines[left].size, lines[right].size)
            let gap = lines[right].box.x0 - result[home].box.x1
            guard lines[left].element == lines[right].element, result[home].words.count < maxJoinedWords,
                abs(lines[left].baseline - lines[right].baseline) <= 0.5, gap <= 0.6 * size,
                gap >= -0.3 * size,
                abs(lines[left].size - lines[right].size) <= 0.3 * size, !lines[left].isRightToLeft, !lines[right].isRightToLeft
            else { continue }
            result[home] = line(result[home].words + lines[right].words, words)
            target[right] = home
            changed = true
        }
        guard changed else { return lines }
        return result.indices.filter { target[$0] == $0 }.map { result[$0] }.sorted { $0.order < $1.order }
    }
}
