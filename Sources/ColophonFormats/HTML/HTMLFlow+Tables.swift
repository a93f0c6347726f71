internal import DoclingDocument

extension HTMLFlow {
    /// Adds a table; one that only lays out the page, or lies in the cell of another, is read as paragraphs.
    mutating func addTable(_ block: Block) throws(FormatFailure) {
        try flush()
        guard tableDepth == 0, !isForLayout(block.node) else {
            try walkChildren(of: block)
            try flush()
            return
        }
        var layout = HTMLTableLayout()
        var caption = takeFigureCaption()
        try place(block, in: &layout, isInHead: false, caption: &caption)
        layout.finish()
        guard layout.rowCount > 0 else {
            try writer.addParagraph(caption)
            return
        }
        let index = writer.tableCount
        let table = try writer.addTable(caption: caption)
        writer.open(table)
        tableDepth += 1
        let outerLayer = writer.layer
        var cells: [TableCell] = []
        cells.reserveCapacity(layout.cells.count)
        for cell in layout.cells { cells.append(try read(cell, style: block.style, table: index)) }
        writer.layer = outerLayer
        tableDepth -= 1
        writer.close()
        try writer.setCells(cells, rowCount: layout.rowCount, columnCount: layout.columnCount, ofTable: index)
    }

    /// Whether the page says that the table is no table, or it holds another one and has no header of its own.
    private func isForLayout(_ table: Int) -> Bool {
        if let role = tree.attribute(.role, of: table)?.trimmed.string, role == "presentation" || role == "none" { return true }
        return !tree.contains(below: table, entersTables: false) { $0 == .th || $0 == .caption || $0 == .thead }
            && tree.contains(below: table, entersTables: false) { $0 == .table }
    }

    /// Gives the rows below a table or one of its sections their place.
    private func place(
        _ block: Block, in layout: inout HTMLTableLayout, isInHead: Bool, caption: inout [InlineRun]
    ) throws(FormatFailure) {
        // Cells outside of a row make one.
        var stray: [HTMLTableLayout.Source] = []
        for child in tree.children(of: block.node) {
            let inner = Block(node: child, style: block.style)
            switch tag(child) {
            case .td, .th:
                stray.append(source(child))
                continue
            case .text: continue
            default: break
            }
            if !stray.isEmpty { try layout.addRow(stray, isInHead: isInHead, slotsMax: TableGrid.slotsMax) }
            stray = []
            switch tag(child) {
            case .tr:
                let cells = tree.children(of: child).filter { tag($0) == .td || tag($0) == .th }
                try layout.addRow(cells.map(source), isInHead: isInHead, slotsMax: TableGrid.slotsMax)
            case .caption where caption.isEmpty:
                var line = InlineText()
                var blocks: [Block] = []
                gather(inner, into: &line, blocks: &blocks)
                caption = line.takeLine()
            case .thead: try place(inner, in: &layout, isInHead: true, caption: &caption)
            default: try place(inner, in: &layout, isInHead: isInHead, caption: &caption)
            }
        }
        if !stray.isEmpty { try layout.addRow(stray, isInHead: isInHead, slotsMax: TableGrid.slotsMax) }
    }

    private func source(_ node: Int) -> HTMLTableLayout.Source {
        HTMLTableLayout.Source(
            node: node, isHeader: tag(node) == .th, headsRow: tree.attribute(.scope, of: node)?.trimmed.string == "row",
            rowSpan: span(.rowspan, of: node), columnSpan: max(1, span(.colspan, of: node)))
    }

    private func span(_ name: HTMLAttribute.Name, of node: Int) -> Int {
        guard let value = tree.attribute(name, of: node) else { return 1 }
        let digits = value.trimmed.prefix { $0.isASCIIDigit }.prefix(6)
        return Int(digits.string) ?? 1
    }

    /// Reads a cell: its text, and when it holds more than plain text, its content as items below the table.
    private mutating func read(_ cell: HTMLTableLayout.Cell, style: InlineStyle, table: Int) throws(FormatFailure) -> TableCell {
        var text = InlineText()
        flatten(Block(node: cell.node, style: InlineStyle()), into: &text)
        var result = TableCell(
            text.takeLines().plainLines, row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan)
        result.isColumnHeader = cell.isColumnHeader
        result.isRowHeader = cell.isRowHeader

        var line = InlineText()
        var blocks: [Block] = []
        gather(Block(node: cell.node, style: style), into: &line, blocks: &blocks)
        let runs = line.takeLines()
        guard !blocks.isEmpty || runs.contains(where: { !$0.style.isPlain }) else { return result }
        let group = try writer.addCellGroup(row: cell.row, column: cell.column, ofTable: table)
        writer.open(group)
        try writer.addParagraph(runs)
        writer.close()
        try addBlocks(blocks, below: group)
        result.content = group
        return result
    }
}
