/// Decides whether what an author calls a table is one: forms and whole pages are laid out by tables too.
struct TableTrust {
    let table: TaggedTable
    /// By cell: how many letters stand in it, and where.
    let letters: [Int]
    let boxes: [Box]
    let isRightToLeft: Bool

    /// Steps from row to row that lead up, or from cell to cell that lead back: so many in a hundred may.
    private static let disorderMax = 10
    private static let longTextMin = 330

    /// More than that no page shows, but a few spans can claim it.
    private static let placesMax = 50_000

    var isTable: Bool {
        table.columns > 1 && table.rows > 1 && table.columns <= Self.placesMax / table.rows && filled.count >= 3 && isTabular
            && !isForLayout
    }

    private var filled: [Int] { table.cells.indices.filter { letters[$0] > 0 } }

    /// Rows run down, and cells of a row across.
    private var isTabular: Bool {
        var steps = 0
        var disorder = 0
        var rowTop: (row: Int, top: Float)?
        var last: (row: Int, box: Box)?
        for index in filled {
            let (row, box) = (table.cells[index].row, boxes[index])
            if let last, last.row == row {
                steps += 1
                if isRightToLeft ? box.midX >= last.box.midX : box.midX <= last.box.midX { disorder += 1 }
            }
            if let above = rowTop, above.row < row {
                steps += 1
                if box.y1 >= above.top { disorder += 1 }
            }
            if rowTop?.row != row { rowTop = (row, box.y1) }
            last = (row, box)
        }
        return steps > 1 && disorder * 100 <= steps * Self.disorderMax
    }

    /// Most cells are empty, alone in their rows, or long texts. One with heads is a table.
    private var isForLayout: Bool {
        let rows = Dictionary(grouping: filled) { table.cells[$0].row }
        if rows.values.count(where: { $0.count > 1 }) * 2 < rows.count { return true }
        if table.cells.contains(where: \.isHeader) { return filled.count * 4 < table.cells.count }
        return filled.count * 10 < table.cells.count * 6 || filled.contains { letters[$0] > Self.longTextMin }
    }
}
