/// Collects the words of cells that may span rows and columns, and makes the table.
struct CellAssembly {
    private struct Pending {
        var firstRow = Int.max
        var lastRow = 0
        var firstColumn = Int.max
        var lastColumn = 0
        var words: [Int32] = []
    }

    let rows: Int
    let columns: Int
    private var cells: [Int: Pending] = [:]

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Counts a place of the grid, row by row, to a cell.
    mutating func include(_ place: Int, in cell: Int) {
        let row = place / columns
        let column = place % columns
        var pending = cells.removeValue(forKey: cell) ?? Pending()
        pending.firstRow = min(pending.firstRow, row)
        pending.lastRow = max(pending.lastRow, row)
        pending.firstColumn = min(pending.firstColumn, column)
        pending.lastColumn = max(pending.lastColumn, column)
        cells[cell] = pending
    }

    mutating func add(_ word: Int32, to cell: Int) { cells[cell]?.words.append(word) }

    /// - Parameters:
    ///   - xs: The edges of the columns, from the left.
    ///   - ys: The edges of the rows, from the top.
    ///   - minFilled: How many of a hundred cells must hold text.
    /// - Returns: `nil` when too few cells hold text.
    func table(
        words: [Word], composer: TextComposer, xs: [Float], ys: [Float], box: Box, order: Int, minFilled: Int = 25
    ) -> LayoutTable? {
        var result: [LayoutTable.Cell] = []
        var filled = 0
        // Cells that are no rectangles may begin at one place: their numbers decide, never the order of a dictionary.
        let ordered = cells.sorted {
            ($0.value.firstRow, $0.value.firstColumn, $0.key) < ($1.value.firstRow, $1.value.firstColumn, $1.key)
        }
        for (_, pending) in ordered {
            let cellBox = Box(
                x0: xs[pending.firstColumn], y0: ys[pending.lastRow + 1], x1: xs[pending.lastColumn + 1], y1: ys[pending.firstRow])
            let text = CellText.text(of: pending.words, words: words, composer: composer)
            if !text.isEmpty { filled += 1 }
            result.append(
                LayoutTable.Cell(
                    text: text, row: pending.firstRow, column: pending.firstColumn, rowSpan: pending.lastRow - pending.firstRow + 1,
                    columnSpan: pending.lastColumn - pending.firstColumn + 1, box: cellBox))
        }
        guard filled >= 3, filled * 100 >= result.count * minFilled else { return nil }
        return LayoutTable(box: box, rows: rows, columns: columns, cells: result, order: order).compacted()
    }
}

extension LayoutTable {
    /// Without rows and columns in which no cell begins that holds text: slivers between double lines.
    func compacted() -> LayoutTable? {
        var keepsRow = [Bool](repeating: false, count: rows)
        var keepsColumn = [Bool](repeating: false, count: columns)
        for cell in cells where !cell.text.isEmpty {
            keepsRow[cell.row] = true
            keepsColumn[cell.column] = true
        }
        guard keepsRow.contains(false) || keepsColumn.contains(false) else { return rows * columns >= 2 ? self : nil }
        func places(_ keeps: [Bool]) -> [Int] {
            var count = 0
            return keeps.map { kept in
                defer { if kept { count += 1 } }
                return count
            } + [keeps.count { $0 }]
        }
        let rowPlaces = places(keepsRow)
        let columnPlaces = places(keepsColumn)
        var result = self
        result.rows = keepsRow.count { $0 }
        result.columns = keepsColumn.count { $0 }
        result.cells = cells.compactMap { cell in
            var cell = cell
            let endRow = rowPlaces[cell.row + cell.rowSpan]
            let endColumn = columnPlaces[cell.column + cell.columnSpan]
            cell.row = rowPlaces[cell.row]
            cell.column = columnPlaces[cell.column]
            cell.rowSpan = endRow - cell.row
            cell.columnSpan = endColumn - cell.column
            return cell.rowSpan > 0 && cell.columnSpan > 0 ? cell : nil
        }
        return result.rows * result.columns >= 2 ? result : nil
    }
}

extension LayoutTable {
    /// Columns of a right-to-left table count from the right, as they are read; the cells' boxes stay.
    func inReadingDirection() -> LayoutTable {
        var rightToLeft = 0
        var others = 0
        for cell in cells {
            for scalar in cell.text.unicodeScalars {
                if Script.isRightToLeft(scalar) { rightToLeft += 1 } else if scalar.properties.isAlphabetic { others += 1 }
            }
        }
        guard rightToLeft > others else { return self }
        var result = self
        for index in result.cells.indices {
            result.cells[index].column = columns - result.cells[index].column - result.cells[index].columnSpan
        }
        result.cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
        return result
    }
}

/// Writes the words of a cell: line by line from the top, hyphens undone.
enum CellText {
    static func text(of indices: [Int32], words: [Word], composer: TextComposer) -> String {
        guard !indices.isEmpty else { return "" }
        if indices.count == 1 { return composer.text(of: indices, isRightToLeft: false) }
        var result = ""
        for row in TableRow.rows(of: indices, words: words) {
            let line = row.chunks.flatMap(\.words)
            let rightToLeft = line.count { words[Int($0)].isRightToLeft }
            BlockText.append(composer.text(of: line, isRightToLeft: rightToLeft * 2 > line.count), to: &result)
        }
        return result
    }
}
