/// Where the cells of a table lie once their spans are taken into account.
struct HTMLTableLayout {
    /// The cells in the order of the source.
    private(set) var cells: [Cell] = []
    private(set) var rowCount = 0
    private(set) var columnCount = 0
    /// By column, the first row that no cell from above covers.
    private var freeRows: [Int] = []

    /// The widest span that counts, in rows or columns, as in browsers.
    static let spanMax = 1_000

    struct Cell {
        var node: Int
        var row: Int
        var column: Int
        var rowSpan: Int
        var columnSpan: Int
        /// Whether all cells of its row are headers, or the row is one of the head.
        var isColumnHeader = false
        var isRowHeader = false
    }

    /// A cell as the source gives it, before it has a place.
    struct Source {
        var node: Int
        var isHeader: Bool
        var headsRow: Bool
        /// 0 when the cell covers all rows below.
        var rowSpan: Int
        var columnSpan: Int
    }

    /// Adds a row; rows without cells count only while a cell from above covers them.
    ///
    /// - Throws: `tooLarge` when the table has more than `slotsMax` slots.
    mutating func addRow(_ sources: [Source], isInHead: Bool, slotsMax: Int) throws(FormatFailure) {
        let row = rowCount
        guard !sources.isEmpty || freeRows.contains(where: { $0 > row }) else { return }
        rowCount += 1
        let headsColumns = isInHead || sources.allSatisfy(\.isHeader)
        var column = 0
        for source in sources {
            while column < freeRows.count, freeRows[column] > row { column += 1 }
            let columnSpan = min(max(source.columnSpan, 1), HTMLTableLayout.spanMax)
            let rowSpan = source.rowSpan == 0 ? HTMLTableLayout.spanMax : min(max(source.rowSpan, 1), HTMLTableLayout.spanMax)
            let end = column + columnSpan
            guard end * rowCount <= slotsMax else { throw .tooLarge("a table has more than \(slotsMax) cells") }
            if end > freeRows.count { freeRows += Array(repeating: 0, count: end - freeRows.count) }
            for index in column..<end { freeRows[index] = max(freeRows[index], row + rowSpan) }
            cells.append(
                Cell(
                    node: source.node, row: row, column: column, rowSpan: rowSpan, columnSpan: columnSpan, isColumnHeader: headsColumns,
                    isRowHeader: !headsColumns && (source.isHeader || source.headsRow)))
            column = end
        }
        columnCount = freeRows.count
        guard columnCount * rowCount <= slotsMax else { throw .tooLarge("a table has more than \(slotsMax) cells") }
    }

    /// Cuts the spans that reach beyond the last row.
    mutating func finish() {
        for index in cells.indices { cells[index].rowSpan = min(cells[index].rowSpan, rowCount - cells[index].row) }
    }
}
