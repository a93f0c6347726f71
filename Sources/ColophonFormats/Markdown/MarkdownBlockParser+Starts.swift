extension MarkdownBlockParser {
    /// Opens the blocks that the rest of a line starts.
    ///
    /// - Parameter matched: How many open blocks the line goes on with; those beyond are closed once another one opens.
    /// - Returns: Whether a block was opened.
    mutating func openBlocks(_ line: inout MarkdownLine, matched: Int) -> Bool {
        var hasOpened = false
        while !line.isBlank, let first = line.first {
            // Before anything is opened the paragraph that the line may go on with is the tip, whatever was matched.
            let isInParagraph = !hasOpened && blocks[tip].kind == .paragraph
            let isInMatchedParagraph = isInParagraph && matched == open.count
            if line.indent >= 4 {
                guard !isInParagraph else { return hasOpened }
                close(to: hasOpened ? open.count - 1 : matched - 1)
                openBlock(.indentedCode)
                return true
            }
            let last = hasOpened ? open.count - 1 : matched - 1
            if open.count < MarkdownBlockParser.depthMax, first == UInt8(ascii: ">") {
                close(to: last)
                openBlock(.quote)
                line.skip(1)
                line.skipColumns(1)
            } else if isInMatchedParagraph, let level = underlineLevel(line), makeHeading(level: level) {
                line.skip(line.text.count)
                return true
            } else if let leaf = MarkdownLeaf(line, isInParagraph: isInParagraph) {
                close(to: last)
                openBlock(leaf.kind)
                blocks[tip].text = leaf.text
                if !leaf.takesLine { line.skip(line.text.count) }
                return true
            } else if open.count < MarkdownBlockParser.depthMax, let item = listItem(line, isInParagraph: isInMatchedParagraph) {
                close(to: last)
                if case .list(let marker) = blocks[tip].kind, marker.continues(item.marker) {} else { openBlock(.list(item.marker)) }
                line.skip(item.markLength)
                // Five columns or more are the indent of code, of which one belongs to the mark.
                let isShort = line.isBlank || line.indent > 4
                let spaces = isShort ? 1 : line.indent
                line.skipColumns(spaces)
                openBlock(.item(indent: item.indent + item.markLength + spaces))
            } else {
                return hasOpened
            }
            hasOpened = true
        }
        return hasOpened
    }

    /// The level of the heading that a line of `=` or `-` below a paragraph makes of it.
    private func underlineLevel(_ line: MarkdownLine) -> Int? {
        let text = line.text.trimmed
        guard let sign = text.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-"), text.allSatisfy({ $0 == sign }) else {
            return nil
        }
        return sign == UInt8(ascii: "=") ? 1 : 2
    }

    /// Turns the open paragraph into a heading; `false` when it holds definitions of links alone.
    private mutating func makeHeading(level: Int) -> Bool {
        references.takeDefinitions(from: &blocks[tip].text)
        guard !blocks[tip].text.trimmed.isEmpty else { return false }
        blocks[tip].kind = .heading(level: level)
        return true
    }

    private struct ListItem {
        var marker: MarkdownBlock.ListMarker
        /// How many characters the bullet or the number takes.
        var markLength: Int
        /// How many columns stand before it.
        var indent: Int
    }

    private func listItem(_ line: MarkdownLine, isInParagraph: Bool) -> ListItem? {
        let text = line.text
        guard let first = text.first else { return nil }
        var length = 1
        var start: Int?
        var sign = first
        if first.isASCIIDigit {
            let digits = text.prefix(10).prefix { $0.isASCIIDigit }
            guard digits.count <= 9, let next = text.dropFirst(digits.count).first, next == UInt8(ascii: ".") || next == UInt8(ascii: ")")
            else { return nil }
            start = Int(digits.string)
            sign = next
            length = digits.count + 1
        } else if first != UInt8(ascii: "-"), first != UInt8(ascii: "+"), first != UInt8(ascii: "*") {
            return nil
        }
        let after = text.dropFirst(length)
        if let next = after.first, !next.isSpaceOrTab { return nil }
        // Only an item with text, and a numbered one only with the number 1, ends a paragraph.
        if isInParagraph, after.allSatisfy(\.isSpaceOrTab) || start.map({ $0 != 1 }) ?? false { return nil }
        return ListItem(marker: MarkdownBlock.ListMarker(sign: sign, start: start), markLength: length, indent: line.indent)
    }
}
