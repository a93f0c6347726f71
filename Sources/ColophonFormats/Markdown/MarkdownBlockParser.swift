/// Parses the blocks of a document line by line, by the rules of CommonMark and the tables of GitHub.
///
/// Cost: O(bytes × `depthMax`) at worst, as each line is compared with the containers that are open.
struct MarkdownBlockParser {
    /// How many containers nest at most; marks further in are text.
    static let depthMax = 100

    var blocks: [MarkdownBlock] = [MarkdownBlock(kind: .document)]
    var references = MarkdownReferences()
    /// The blocks that are open, innermost last; the document is the first.
    var open: [Int] = [0]
    /// Where the last line of the open paragraph starts in its text.
    var lastLineStart = 0

    static func parse(_ bytes: [UInt8]) -> MarkdownBlockParser {
        var parser = MarkdownBlockParser()
        var start = MarkdownFrontMatter.end(in: bytes)
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            parser.add(MarkdownLine(bytes, from: start, to: end))
            start = end + (end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? 2 : 1)
        }
        parser.close(to: 0)
        return parser
    }

    var tip: Int { open[open.count - 1] }

    private mutating func add(_ line: MarkdownLine) {
        var line = line
        let matched = match(&line)
        if matched == open.count, isLiteral(blocks[tip].kind) {
            addLiteral(&line)
            return
        }
        let opened = openBlocks(&line, matched: matched)
        if !opened, matched < open.count, blocks[tip].kind == .paragraph, !line.isBlank {
            // A paragraph goes on without the marks of the containers around it.
            appendToParagraph(line)
            return
        }
        if !opened { close(to: matched - 1) }
        if opened, case .fencedCode = blocks[tip].kind { return }
        if isLiteral(blocks[tip].kind) {
            addLiteral(&line)
        } else if blocks[tip].kind == .paragraph {
            if !startTable(line) { appendToParagraph(line) }
        } else if case .table = blocks[tip].kind {
            blocks[tip].text.append(0x0A)
            blocks[tip].text += line.text
        } else if !line.isBlank, blocks[tip].isContainer {
            openBlock(.paragraph)
            lastLineStart = 0
            blocks[tip].text = Array(line.text)
        }
    }

    /// Compares the line with the blocks that are open and passes their marks.
    ///
    /// - Returns: How many blocks of `open` go on.
    private mutating func match(_ line: inout MarkdownLine) -> Int {
        for index in 1..<max(1, open.count) {
            switch blocks[open[index]].kind {
            case .quote:
                guard line.indent < 4, line.first == UInt8(ascii: ">") else { return index }
                line.skip(1)
                line.skipColumns(1)
            case .item(let indent):
                if line.isBlank {
                    // An item may begin with one blank line only.
                    guard !blocks[open[index]].children.isEmpty else { return index }
                } else {
                    guard line.indent >= indent else { return index }
                    line.skipColumns(indent)
                }
            case .indentedCode: guard line.indent >= 4 || line.isBlank else { return index }
            case .html(let end): guard end != .blankLine || !line.isBlank else { return index }
            case .paragraph, .table: guard !line.isBlank else { return index }
            case .heading, .thematicBreak: return index
            case .document, .list, .fencedCode: continue
            }
        }
        return open.count
    }

    private func isLiteral(_ kind: MarkdownBlock.Kind) -> Bool {
        switch kind {
        case .indentedCode, .fencedCode, .html: true
        default: false
        }
    }

    /// Opens a block in the innermost container.
    mutating func openBlock(_ kind: MarkdownBlock.Kind) {
        while !blocks[tip].isContainer { close(to: open.count - 2) }
        if blocks[tip].isList {
            if case .item = kind {} else { close(to: open.count - 2) }
        }
        blocks.append(MarkdownBlock(kind: kind))
        blocks[tip].children.append(blocks.count - 1)
        open.append(blocks.count - 1)
    }

    /// Closes the blocks beyond an index of `open`.
    mutating func close(to last: Int) {
        while open.count - 1 > max(last, 0) {
            let block = open.removeLast()
            if blocks[block].kind == .paragraph { references.takeDefinitions(from: &blocks[block].text) }
        }
    }

    private mutating func appendToParagraph(_ line: MarkdownLine) {
        blocks[tip].text.append(0x0A)
        lastLineStart = blocks[tip].text.count
        blocks[tip].text += line.text
    }
}
