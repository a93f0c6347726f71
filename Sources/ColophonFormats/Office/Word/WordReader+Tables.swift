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
        var content = CellContent()
        let cells = table.cells.map { cell in
            let (row, column) = (cell.row, cell.column)
            var result = TableCell(
                plainText(of: cell.element, content: &content).trimmed, row: row, column: column, rowSpan: cell.rowSpan,
                columnSpan: cell.columnSpan)
            result.isColumnHeader = row == 0
            return result
        }
        let reference = document.addTable(
            TableData(cells: cells, rowCount: table.rowCount, columnCount: table.columnCount), parent: parent)
        for _ in 0..<content.pictureCount {
            try budget.spendItem()
            document.addPicture(parent: reference)
        }
        try addNotes(content.notes)
    }

    /// What a cell holds beside its text.
    private struct CellContent {
        var pictureCount = 0
        var notes: [WordNote] = []
    }

    func plainText(of element: XMLElement) -> String {
        var content = CellContent()
        return plainText(of: element, content: &content)
    }

    /// The paragraphs in lines, those of text boxes too; a table within has a line for each row.
    private func plainText(of element: XMLElement, content: inout CellContent) -> String {
        var lines: [String] = []
        for child in element.effectiveChildren {
            switch (child.name.space, child.name.local) {
            case (.word, "p"):
                let paragraph = paragraph(child)
                content.pictureCount += paragraph.pictureCount
                content.notes += paragraph.notes
                lines += paragraph.textBoxes.map { plainText(of: $0, content: &content) }
                lines.append(paragraph.text)
            case (.word, "tr"):
                let cells = child.effectiveChildren.filter { $0.isNamed(.word, "tc") }
                lines.append(cells.map { plainText(of: $0, content: &content).trimmed }.joined(separator: " "))
            case (.word, "tbl"), (.word, "sdt"), (.word, "sdtContent"), (.word, "customXml"), (.word, "ins"), (.word, "moveTo"),
                (.word, "tc"):
                lines.append(plainText(of: child, content: &content))
            default: break
            }
        }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
