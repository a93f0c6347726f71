internal import DoclingDocument

extension HTMLFlow {
    /// How deep tables nest, those for layout too; what lies further in are paragraphs, for each level reads all below it again.
    private static let tableDepthMax = 6

    /// Adds a table; one that only lays out the page is read as paragraphs.
    mutating func addTable(_ block: Block) throws(FormatFailure) {
        try flush()
        let outerCaption = takeFigureCaption()
        var layout = HTMLTableLayout()
        var caption = outerCaption
        let mayBeData = openTables < HTMLFlow.tableDepthMax
        openTables += 1
        defer { openTables -= 1 }
        if mayBeData { try place(block, in: &layout, isInHead: false, caption: &caption) }
        layout.finish()
        guard mayBeData, !isForLayout(block.node, layout) else {
            figureCaption = outerCaption
            try walkChildren(of: block)
            try flush()
            return
        }
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

    /// Whether the page says that the table is no table, or it holds another one in a single row or column and has no header of its own.
    private func isForLayout(_ table: Int, _ layout: HTMLTableLayout) -> Bool {
        if let role = tree.attribute(.role, of: table)?.trimmed.string, role == "presentation" || role == "none" { return true }
        guard layout.rowCount < 2 || layout.columnCount < 2 else { return false }
        return !tree.contains(below: table, outside: [.table]) { $0 == .th || $0 == .caption || $0 == .thead }
            && tree.contains(below: table, outside: [.table]) { $0 == .table }
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

        guard isRich(cell.node, style: style) else { return result }
        let group = try writer.addCellGroup(row: cell.row, column: cell.column, ofTable: table)
        writer.open(group)
        try walkChildren(of: Block(node: cell.node, style: style))
        try flush()
        writer.close()
        result.content = group
        return result
    }

    /// Whether a cell holds more than one line of plain text.
    private func isRich(_ cell: Int, style: InlineStyle) -> Bool {
        var line = InlineText()
        var blocks: [Block] = []
        gather(Block(node: cell, style: style), into: &line, blocks: &blocks)
        let runs = line.takeLines()
        let isPlain = runs.allSatisfy { $0.style.isPlain && $0.joint != .line && !$0.text.utf8.contains(0x0A) }
        guard blocks.isEmpty, isPlain else { return true }
        return tree.children(of: cell).count { tag($0) == .p || tag($0) == .div || tag($0).headingLevel != nil } > 1
    }
}
