import DoclingDocument

extension WordReader {
    /// Adds a table whose first row heads its columns; one of a single cell frames text and is read as such, as docling does.
    mutating func readTable(_ element: XMLElement) throws(FormatFailure) {
        let table = WordTable(element)
        lists = []
        guard !table.cells.isEmpty else { return }
        if table.rowCount == 1, table.columnCount == 1, table.cells.count == 1 {
            try readBlocks(of: table.cells[0].element)
            return
        }
        try budget.spendTable(rowCount: table.rowCount, columnCount: table.columnCount)
        let reference = document.addTable(TableData(), parent: parent)
        let index = document.tables.count - 1
        var notes: [WordNote] = []
        var cells: [TableCell] = []
        cells.reserveCapacity(table.cells.count)
        for cell in table.cells {
            var own: [WordNote] = []
            let text = plainText(of: cell.element, notes: &own).trimmed
            // The text of tables within is part of all around them.
            try budget.spendText(text.utf8.count)
            var result = TableCell(text, row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan)
            result.isColumnHeader = cell.row == 0
            if isRich(cell.element) {
                let name = "rich_cell_group_\(index + 1)_\(cell.column)_\(cell.row)"
                result.content = try readContent(of: cell.element, in: document.addGroup(.unspecified, name: name, parent: reference))
            } else {
                // A cell that is read as blocks has its notes from there.
                notes += own
            }
            cells.append(result)
        }
        document.tables[index].data = TableData(cells: cells, rowCount: table.rowCount, columnCount: table.columnCount)
        try addNotes(notes)
    }

    /// Whether a cell holds more than one paragraph of plain text.
    private func isRich(_ cell: XMLElement) -> Bool {
        var paragraphs: [WordParagraph] = []
        for block in cell.effectiveChildren where block.name.local != "tcPr" {
            guard block.isNamed(.word, "p") else {
                // Others are marks without text.
                if ["tbl", "sdt", "customXml", "ins", "moveTo"].contains(block.name.local) { return true }
                continue
            }
            let next = paragraph(block)
            if !next.isEmpty { paragraphs.append(next) }
        }
        guard let only = paragraphs.first else { return false }
        let pieces = only.pieces
        guard paragraphs.count == 1, pieces.count == 1, !only.hasDrawing, only.isChecked == nil else { return true }
        return pieces[0].isFormula || pieces[0].hyperlink != nil || pieces[0].formatting != Formatting()
    }

    /// Adds what an element holds to a group of its own, away from the headings and lists that are open.
    mutating func readContent(of element: XMLElement, in group: Reference) throws(FormatFailure) -> Reference {
        try budget.spendItem()
        let outer = (headings, lists)
        headings = [Reference?](repeating: nil, count: headings.count)
        headings[0] = group
        lists = []
        try readBlocks(of: element)
        (headings, lists) = outer
        return group
    }

    func plainText(of element: XMLElement) -> String {
        var notes: [WordNote] = []
        return plainText(of: element, notes: &notes)
    }

    /// The paragraphs in lines, those of text boxes too; a table within has a line for each row.
    private func plainText(of element: XMLElement, notes: inout [WordNote]) -> String {
        var lines: [String] = []
        for child in element.effectiveChildren {
            switch (child.name.space, child.name.local) {
            case (.word, "p"):
                let paragraph = paragraph(child)
                notes += paragraph.notes
                lines += paragraph.textBoxes.map { plainText(of: $0, notes: &notes) }
                lines.append(paragraph.text)
            case (.word, "tr"):
                let cells = child.effectiveChildren.filter { $0.isNamed(.word, "tc") }
                lines.append(cells.map { plainText(of: $0, notes: &notes).trimmed }.joined(separator: " "))
            case (.word, "tbl"), (.word, "sdt"), (.word, "sdtContent"), (.word, "customXml"), (.word, "ins"), (.word, "moveTo"),
                (.word, "tc"):
                lines.append(plainText(of: child, notes: &notes))
            default: break
            }
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
