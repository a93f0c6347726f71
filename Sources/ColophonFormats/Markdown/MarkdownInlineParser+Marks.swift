extension MarkdownInlineParser {
    mutating func readMarks(_ sign: UInt8) {
        let start = position
        var end = start
        while end < text.count, text[end] == sign { end += 1 }
        let count = end - start
        guard sign != UInt8(ascii: "~") || count <= 2 else { return addPlain(count) }
        let before = scalar(before: start)
        let after = scalar(at: end)
        let opensWord = !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuation)
        let closesWord = !before.isSpace && (!before.isPunctuation || after.isSpace || after.isPunctuation)
        let isWithinWord = sign == UInt8(ascii: "_")
        let run = MarkdownMarks(
            sign: sign, count: count, left: count, canOpen: opensWord && (!isWithinWord || !closesWord || before.isPunctuation),
            canClose: closesWord && (!isWithinWord || !opensWord || after.isPunctuation), previous: lastMarks)
        marks.append(run)
        if lastMarks >= 0 { marks[lastMarks].next = marks.count - 1 }
        lastMarks = marks.count - 1
        add(MarkdownToken(kind: .marks(lastMarks)))
        position = end
    }

    /// Matches the runs behind one of them, and takes all of these from the list of runs that may match.
    mutating func matchMarks(after bottom: Int) {
        var bottoms: [Int: Int] = [:]
        var closer = bottom < 0 ? firstMarks(after: -1) : marks[bottom].next
        while closer >= 0 {
            guard marks[closer].canClose else {
                closer = marks[closer].next
                continue
            }
            let key = Int(marks[closer].sign) << 4 | (marks[closer].canOpen ? 8 : 0) | marks[closer].count % 3
            let limit = max(bottom, bottoms[key] ?? -1)
            var opener = marks[closer].previous
            while opener > limit, !matches(opener, closer) { opener = marks[opener].previous }
            if opener > limit {
                closer = match(opener, closer)
            } else {
                bottoms[key] = marks[closer].previous
                let next = marks[closer].next
                if !marks[closer].canOpen { remove(closer) }
                closer = next
            }
        }
        lastMarks = bottom
        if bottom >= 0 { marks[bottom].next = -1 }
    }

    /// The first run of the list, found from its end.
    private func firstMarks(after bottom: Int) -> Int {
        var first = lastMarks
        while first >= 0, marks[first].previous > bottom { first = marks[first].previous }
        return first
    }

    private func matches(_ opener: Int, _ closer: Int) -> Bool {
        let (open, close) = (marks[opener], marks[closer])
        guard open.sign == close.sign, open.canOpen else { return false }
        if open.sign == UInt8(ascii: "~") { return open.count == close.count }
        guard open.canClose || close.canOpen else { return true }
        return (open.count + close.count) % 3 != 0 || open.count % 3 == 0 && close.count % 3 == 0
    }

    /// - Returns: The run to look at next.
    private mutating func match(_ opener: Int, _ closer: Int) -> Int {
        let isStrikethrough = marks[opener].sign == UInt8(ascii: "~")
        let used = isStrikethrough ? marks[opener].left : marks[opener].left > 1 && marks[closer].left > 1 ? 2 : 1
        let style: InlineStyle.Marks = isStrikethrough ? .strikethrough : used == 2 ? .bold : .italic
        marks[opener].opens.append(style)
        marks[closer].closes.append(style)
        marks[opener].left -= used
        marks[closer].left -= used
        // What stands between the two matches nothing outside of them.
        marks[opener].next = closer
        marks[closer].previous = opener
        if marks[opener].left == 0 { remove(opener) }
        guard marks[closer].left == 0 else { return closer }
        let next = marks[closer].next
        remove(closer)
        return next
    }

    private mutating func remove(_ run: Int) {
        let (previous, next) = (marks[run].previous, marks[run].next)
        if previous >= 0 { marks[previous].next = next }
        if next >= 0 { marks[next].previous = previous } else { lastMarks = previous }
    }

    private typealias Neighbour = (isSpace: Bool, isPunctuation: Bool)

    private func scalar(before index: Int) -> Neighbour {
        var start = index - 1
        while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        return scalar(at: start)
    }

    /// The class of a character; beyond the text lies white space.
    private func scalar(at index: Int) -> Neighbour {
        guard index >= 0, index < text.count else { return (true, false) }
        if text[index] < 0x80 { return (text[index].isASCIISpace, text[index].isASCIIPunctuation) }
        guard let scalar = text[index..<min(index + 4, text.count)].string.unicodeScalars.first else { return (true, false) }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: return (true, false)
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .currencySymbol, .mathSymbol, .modifierSymbol, .otherSymbol:
            return (false, true)
        default: return (false, false)
        }
    }
}
