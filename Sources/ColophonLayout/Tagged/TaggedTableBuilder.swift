/// Makes tables of what the structure says.
struct TaggedTableBuilder {
    let structure: PageStructure
    let words: [Word]
    let composer: TextComposer

    func tables() -> [LayoutTable] {
        guard !structure.tables.isEmpty else { return [] }
        var wordsOfCell: [Int: [Int: [Int32]]] = [:]
        for index in words.indices {
            let element = Int(words[index].element) - 1
            guard structure.elements.indices.contains(element), case .cell(let table, let cell) = structure.elements[element].role else {
                continue
            }
            wordsOfCell[table, default: [:]][cell, default: []].append(Int32(clamping: index))
        }
        return structure.tables.indices.compactMap { table in
            wordsOfCell[table].flatMap { layout(of: structure.tables[table], words: $0) }
        }
    }

    private func layout(of table: TaggedTable, words wordsOfCell: [Int: [Int32]]) -> LayoutTable? {
        var boxes: [Int: Box] = [:]
        var whole = Box.empty
        var order = Int.max
        for (cell, indices) in wordsOfCell {
            let box = indices.reduce(into: Box.empty) { $0.formUnion(words[Int($1)].box) }
            boxes[cell] = box
            whole.formUnion(box)
            order = min(order, indices.min().map(Int.init) ?? order)
        }
        var result = LayoutTable(box: whole, rows: table.rows, columns: table.columns, cells: [], order: order, isStructured: true)
        let empty = EmptyCells(table, boxes, whole: whole)
        for (index, cell) in table.cells.enumerated() {
            let text = CellText.text(of: wordsOfCell[index] ?? [], words: words, composer: composer)
            let place = boxes[index] ?? empty.box(of: cell)
            var made = LayoutTable.Cell(
                text: text, row: cell.row, column: cell.column, rowSpan: min(cell.rowSpan, table.rows - cell.row),
                columnSpan: cell.columnSpan, box: place)
            // A head in the first column, below the first row, is that of its row.
            if cell.isHeader { if cell.column == 0, cell.row > 0 { made.isRowHeader = true } else { made.isHeader = true } }
            result.cells.append(made)
        }
        return result
    }
}

/// Where empty cells lie: as wide as what stands in their columns, as high as what stands in their rows.
private struct EmptyCells {
    private var columns: [Int: Box] = [:]
    private var rows: [Int: Box] = [:]
    private let whole: Box

    init(_ table: TaggedTable, _ boxes: [Int: Box], whole: Box) {
        self.whole = whole
        for (index, box) in boxes {
            let cell = table.cells[index]
            if cell.columnSpan == 1 { columns[cell.column, default: .empty].formUnion(box) }
            if cell.rowSpan == 1 { rows[cell.row, default: .empty].formUnion(box) }
        }
    }

    func box(of cell: TaggedTable.Cell) -> Box {
        let (column, row) = (columns[cell.column] ?? whole, rows[cell.row] ?? whole)
        return Box(x0: column.x0, y0: row.y0, x1: column.x1, y1: row.y1)
    }
}
