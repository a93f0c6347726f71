extension LayoutTable {
    /// Titles above a head, and rows of a head, that are looked for.
    private static let titleRowsMax = 2
    private static let headRowsMax = 3

    /// Marks the cells of the first rows as heads of their columns when they are words or years and numbers stand below. A row over the whole
    /// table is its title and goes with the head; where a head spans columns or rows, what stands below it belongs to it.
    ///
    /// Tables of words alone have no sure sign of a head, so none is marked.
    func withHead() -> LayoutTable {
        guard rows > 1, columns > 1, !cells.contains(where: { $0.isHeader || $0.isRowHeader }) else { return self }
        let first = (0..<min(Self.titleRowsMax, rows - 1)).first { !isTitle($0) } ?? min(Self.titleRowsMax, rows - 1)
        // What stands at a row's beginning alone is the name of the row, or of those below.
        guard isWords(first), cells.contains(where: { $0.row == first && $0.column > 0 && !$0.text.isEmpty }) else { return self }
        var end = first + 1
        while end < min(first + Self.headRowsMax, rows), spansOn(from: first, to: end), isWords(end) { end += 1 }
        guard !cells.contains(where: { $0.row < end && $0.row + $0.rowSpan > end }),
            cells.contains(where: { $0.row >= end && Self.isNumber($0.text) })
        else { return self }
        var result = self
        for index in result.cells.indices where result.cells[index].row < end { result.cells[index].isHeader = true }
        return result
    }

    private func isTitle(_ row: Int) -> Bool {
        let filled = cells.filter { $0.row == row && !$0.text.isEmpty }
        return filled.count == 1 && filled[0].columnSpan == columns
    }

    private func isWords(_ row: Int) -> Bool {
        let filled = cells.filter { $0.row == row && !$0.text.isEmpty }
        return !filled.isEmpty && filled.allSatisfy { !Self.isNumber($0.text) || Self.isYear($0.text) }
    }

    /// Whether the last of these rows has a cell that names several columns, or any has one that reaches below them.
    private func spansOn(from first: Int, to end: Int) -> Bool {
        cells.contains {
            $0.row == end - 1 && $0.columnSpan > 1 && !$0.text.isEmpty || (first..<end).contains($0.row) && $0.row + $0.rowSpan > end
        }
    }

    static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.count { $0 >= 48 && $0 <= 57 }
        return digits > 0 && digits * 2 >= text.utf8.count
    }

    private static func isYear(_ text: String) -> Bool {
        guard text.utf8.count >= 4, let year = Int(text.prefix(4)) else { return false }
        return (1500...2200).contains(year) && (text.utf8.count == 4 || text.utf8.count >= 7)
    }
}
