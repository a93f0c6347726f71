internal import DoclingDocument

/// Writes the blocks of a document in order.
struct MarkdownFlow {
    private let blocks: [MarkdownBlock]
    private let references: MarkdownReferences
    var writer: FlowWriter

    init(blocks: [MarkdownBlock], references: MarkdownReferences, name: String) {
        self.blocks = blocks
        self.references = references
        writer = FlowWriter(name: name, nestsSections: false)
    }

    mutating func writeChildren(of block: Int) throws(FormatFailure) {
        for child in blocks[block].children { try write(child) }
    }

    private mutating func write(_ index: Int) throws(FormatFailure) {
        let block = blocks[index]
        switch block.kind {
        case .document, .quote, .item: try writeChildren(of: index)
        case .list(let marker): try writeList(index, marker)
        case .paragraph:
            let (runs, pictures) = MarkdownInlineFlow.read(block.text, references: references)
            try writer.addParagraph(runs)
            for caption in pictures { try writer.addPicture(caption: caption) }
        case .heading(let level):
            let (runs, pictures) = MarkdownInlineFlow.read(block.text, references: references)
            if !runs.isEmpty { try writer.addHeading(runs.singleLine, level: level) }
            for caption in pictures { try writer.addPicture(caption: caption) }
        case .indentedCode: try writeCode(block.text, language: .unknown)
        case .fencedCode(let fence): try writeCode(block.text, language: CodeLanguageName.language(fence.language))
        case .html: try HTMLReader.append(block.text, to: &writer)
        case .thematicBreak: return
        case .table(let columnCount): try writeTable(block.text, columnCount: columnCount)
        }
    }

    private mutating func writeCode(_ text: [UInt8], language: CodeLanguage) throws(FormatFailure) {
        var lines = text[...]
        while lines.last == 0x0A { lines.removeLast() }
        // An indented block may go on with blank lines only where code follows.
        while let first = lines.firstIndex(of: 0x0A), lines[..<first].allSatisfy(\.isASCIISpace) { lines = lines[(first + 1)...] }
        while let last = lines.last, last.isASCIISpace { lines.removeLast() }
        if !lines.isEmpty { try writer.addCode(lines.string, language: language) }
    }

    private mutating func writeList(_ index: Int, _ marker: MarkdownBlock.ListMarker) throws(FormatFailure) {
        let items = blocks[index].children.filter { !blocks[$0].children.isEmpty }
        guard !items.isEmpty else { return }
        let list = try writer.addGroup(.list, name: "list")
        for (offset, item) in items.enumerated() {
            var children = blocks[item].children[...]
            var runs: [InlineRun] = []
            var pictures: [[InlineRun]] = []
            if let first = children.first, blocks[first].kind == .paragraph {
                (runs, pictures) = MarkdownInlineFlow.read(blocks[first].text, references: references)
                children.removeFirst()
            }
            // A paragraph of definitions alone is gone by now.
            guard !runs.isEmpty || !pictures.isEmpty || !children.isEmpty else { continue }
            // As in HTML, an item of nothing but lists is left out.
            if runs.isEmpty, pictures.isEmpty, children.allSatisfy({ blocks[$0].isList }) {
                writer.open(list)
                for child in children { try write(child) }
                writer.close()
                continue
            }
            let number = marker.start.map { "\($0 + offset)." } ?? ""
            let reference = try writer.addListItem(runs, in: list, isEnumerated: marker.start != nil, marker: number)
            writer.open(reference)
            for caption in pictures { try writer.addPicture(caption: caption) }
            for child in children { try write(child) }
            writer.close()
        }
    }

    /// Adds a table; rows that are shorter than the header end with empty cells, longer ones are cut.
    private mutating func writeTable(_ text: [UInt8], columnCount: Int) throws(FormatFailure) {
        let rows = text.split(separator: 0x0A, omittingEmptySubsequences: true)
        guard rows.count * columnCount <= TableGrid.slotsMax else { throw .tooLarge("a table has more than \(TableGrid.slotsMax) cells") }
        let index = writer.tableCount
        writer.open(try writer.addTable(caption: []))
        var cells: [TableCell] = []
        cells.reserveCapacity(rows.count * columnCount)
        for (row, line) in rows.enumerated() {
            let sources = MarkdownTableRow.cells(line)
            for column in 0..<columnCount {
                let source = column < sources.count ? sources[column] : []
                cells.append(try cell(source, row: row, column: column, ofTable: index))
            }
        }
        writer.close()
        try writer.setCells(cells, rowCount: rows.count, columnCount: columnCount, ofTable: index)
    }

    private mutating func cell(_ source: [UInt8], row: Int, column: Int, ofTable table: Int) throws(FormatFailure) -> TableCell {
        let (runs, pictures) = MarkdownInlineFlow.read(source, references: references)
        let texts = [runs.plainLines] + pictures.map(\.plainText)
        var cell = TableCell(texts.filter { !$0.isEmpty }.joined(separator: " "), row: row, column: column)
        cell.isColumnHeader = row == 0
        guard !pictures.isEmpty || runs.contains(where: { !$0.style.isPlain }) else { return cell }
        let group = try writer.addCellGroup(row: row, column: column, ofTable: table)
        writer.open(group)
        try writer.addParagraph(runs)
        for caption in pictures { try writer.addPicture(caption: caption) }
        writer.close()
        cell.content = group
        return cell
    }
}
