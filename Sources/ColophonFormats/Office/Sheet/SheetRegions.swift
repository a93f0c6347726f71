import DoclingDocument

/// Parts the cells of a sheet into tables: cells that touch at a side belong together, and so does all that lies within the
/// rectangle around them, as in docling.
struct SheetRegions {
    struct Region {
        var box: BoundingBox
        var table: TableData
    }

    /// Row by row.
    private var cells: [Worksheet.Cell] = []
    /// By the place of their first cell.
    private var merged: [Int: Worksheet.Range] = [:]
    private var islands = Islands()

    /// - Complexity: O(n log n) in cells and merged slots; merged ranges beyond `TableGrid.slotsMax` slots count as not merged.
    init(_ worksheet: Worksheet) {
        var slotsLeft = TableGrid.slotsMax
        for range in worksheet.merged where range.area <= slotsLeft {
            slotsLeft -= range.area
            merged[Self.key(range.rows.lowerBound, range.columns.lowerBound)] = range
            for row in range.rows {
                for column in range.columns { islands.insert(row: row, column: column) }
            }
        }
        var seen: Set<Int> = []
        cells = worksheet.cells.filter { seen.insert(Self.key($0.row, $0.column)).inserted }
        cells.sort { ($0.row, $0.column) < ($1.row, $1.column) }
        for cell in cells { islands.insert(row: cell.row, column: cell.column) }
    }

    static func key(_ row: Int, _ column: Int) -> Int { row * Worksheet.columnsMax + column }

    /// The tables in the order of their first cells.
    ///
    /// - Throws: `tooLarge`; see `DocumentBudget`.
    func regions(budget: inout DocumentBudget) throws(FormatFailure) -> [Region] {
        let bounds = islands.bounds()
        var isTaken = [Bool](repeating: false, count: cells.count)
        var regions: [Region] = []
        for index in cells.indices where !isTaken[index] {
            guard let range = bounds(cells[index].row, cells[index].column) else { continue }
            var table = TableData(rowCount: range.rows.count, columnCount: range.columns.count)
            try budget.spendTable(rowCount: table.rowCount, columnCount: table.columnCount)
            let box = BoundingBox(
                left: Double(range.columns.lowerBound), top: Double(range.rows.lowerBound), right: Double(range.columns.upperBound + 1),
                bottom: Double(range.rows.upperBound + 1))
            table.cells = take(range, from: index, isTaken: &isTaken)
            regions.append(Region(box: box, table: table))
        }
        return regions
    }

    private func take(_ range: Worksheet.Range, from start: Int, isTaken: inout [Bool]) -> [TableCell] {
        var taken: [TableCell] = []
        var index = start
        for row in range.rows {
            index = firstIndex(from: index, row: row, column: range.columns.lowerBound)
            while index < cells.count, cells[index].row == row, cells[index].column <= range.columns.upperBound {
                defer { index += 1 }
                guard !isTaken[index] else { continue }
                isTaken[index] = true
                let cell = cells[index]
                let span = merged[Self.key(cell.row, cell.column)]
                var result = TableCell(
                    cell.text, row: row - range.rows.lowerBound, column: cell.column - range.columns.lowerBound,
                    rowSpan: min(span?.rows.count ?? 1, range.rows.upperBound - row + 1),
                    columnSpan: min(span?.columns.count ?? 1, range.columns.upperBound - cell.column + 1))
                result.isColumnHeader = row == range.rows.lowerBound
                taken.append(result)
            }
        }
        return taken
    }

    /// The first cell at or after a place, by binary search.
    private func firstIndex(from start: Int, row: Int, column: Int) -> Int {
        var (low, high) = (start, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if (cells[middle].row, cells[middle].column) < (row, column) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
