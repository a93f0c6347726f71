extension MarkdownBlockParser {
    /// Adds a line to the code or the HTML that is open, or ends it.
    mutating func addLiteral(_ line: inout MarkdownLine) {
        switch blocks[tip].kind {
        case .indentedCode:
            line.skipColumns(4)
            appendLiteral(line.rest)
        case .fencedCode(let fence):
            if line.indent < 4, isEnd(line.text, of: fence) {
                close(to: open.count - 2)
                return
            }
            line.skipColumns(min(fence.indent, line.indent))
            appendLiteral(line.rest)
        case .html(let end):
            appendLiteral(line.rest)
            if case .line(let marks) = end, marks.contains(where: { MarkdownBlockParser.contains(line.text, $0) }) {
                close(to: open.count - 2)
            }
        default: return
        }
    }

    private mutating func appendLiteral(_ text: [UInt8]) {
        blocks[tip].text += text
        blocks[tip].text.append(0x0A)
    }

    private func isEnd(_ text: ArraySlice<UInt8>, of fence: MarkdownBlock.Fence) -> Bool {
        let length = text.prefix { $0 == fence.sign }.count
        return length >= fence.length && text.dropFirst(length).allSatisfy(\.isSpaceOrTab)
    }

    /// Whether `mark`, which is in lower case, stands in the text in any case.
    private static func contains(_ text: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        guard text.count >= mark.count else { return false }
        for start in text.startIndex...(text.endIndex - mark.count) where text[start] == mark[0] {
            if text[start..<(start + mark.count)].lazy.map(\.lowercasedASCII).elementsEqual(mark) { return true }
        }
        return false
    }

    /// Starts a table when the line is a delimiter row and the line before it, in the open paragraph, has as many cells.
    mutating func startTable(_ line: MarkdownLine) -> Bool {
        guard line.indent < 4, let columnCount = MarkdownTableRow.delimiterCount(line.text) else { return false }
        let header = Array(blocks[tip].text[lastLineStart...])
        guard MarkdownTableRow.cells(header[...]).count == columnCount else { return false }
        if lastLineStart == 0 {
            blocks[tip].kind = .table(columnCount: columnCount)
        } else {
            blocks[tip].text.removeSubrange((lastLineStart - 1)...)
            openBlock(.table(columnCount: columnCount))
            blocks[tip].text = header
        }
        return true
    }
}
