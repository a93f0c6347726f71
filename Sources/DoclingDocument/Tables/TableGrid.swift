/// Which cell covers which slot of a table.
public struct TableGrid: Sendable {
    public let rowCount: Int
    public let columnCount: Int
    /// For each slot, row by row, the index of its cell, or -1.
    private let slots: [Int32]

    /// How many slots a table may have; the limit of docling-core.
    public static let slotsMax = 1_000_000
    /// How many slots all tables of a document may have together; the limit of docling-core.
    public static let slotsTotalMax = 5_000_000

    /// - Throws: `tooLarge` for more than `slotsMax` slots, `tooComplex` when cells overlap so much that placing them
    ///   would take more than four times as many steps.
    /// - Complexity: O(slots + covered slots).
    init(_ data: TableData, slotsMax: Int) throws(DoclingDocumentError) {
        rowCount = max(data.rowCount, 0)
        columnCount = max(data.columnCount, 0)
        let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflow, count <= slotsMax, rowCount <= slotsMax, columnCount <= slotsMax, data.cells.count <= Int(Int32.max) else {
            throw DoclingDocumentError(.tooLarge, "a table declares more than \(slotsMax) cells")
        }
        var slots = [Int32](repeating: -1, count: count)
        var steps = 4 * slotsMax
        for (index, cell) in data.cells.enumerated() {
            let rows = TableGrid.clip(cell.startRow, cell.endRow, to: rowCount)
            let columns = TableGrid.clip(cell.startColumn, cell.endColumn, to: columnCount)
            steps -= rows.count * columns.count
            guard steps >= 0 else { throw DoclingDocumentError(.tooComplex, "the cells of a table overlap too much") }
            for row in rows {
                for column in columns { slots[row * columnCount + column] = Int32(index) }
            }
        }
        self.slots = slots
    }

    var slotCount: Int { slots.count }

    /// The index of the cell that covers a slot; `nil` when none does or there is no such slot.
    public subscript(row: Int, column: Int) -> Int? {
        guard (0..<rowCount).contains(row), (0..<columnCount).contains(column) else { return nil }
        let index = slots[row * columnCount + column]
        return index < 0 ? nil : Int(index)
    }

    private static func clip(_ start: Int, _ end: Int, to count: Int) -> Range<Int> {
        let start = min(max(start, 0), count)
        return start..<max(start, min(end, count))
    }
}

extension TableData {
    /// Which cell covers which slot.
    ///
    /// - Throws: `tooLarge` or `tooComplex`; see `TableGrid`.
    public func grid(slotsMax: Int = TableGrid.slotsMax) throws(DoclingDocumentError) -> TableGrid {
        try TableGrid(self, slotsMax: slotsMax)
    }

    /// The cell of a slot as docling-core repeats it in the grid: an empty one where no cell lies, and never rich.
    func gridCell(_ grid: TableGrid, row: Int, column: Int) -> TableCell {
        guard let index = grid[row, column] else { return TableCell("", row: row, column: column) }
        var cell = cells[index]
        cell.content = nil
        return cell
    }
}
