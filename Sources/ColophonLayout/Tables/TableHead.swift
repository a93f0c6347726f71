extension LayoutTable {
    /// Marks the cells of the first row as heads of their columns when they are words or years and numbers stand below.
    ///
    /// Tables of words alone have no sure sign of a head, so none is marked.
    func withHead() -> LayoutTable {
        guard rows > 1, columns > 1, !cells.contains(where: { $0.isHeader || $0.isRowHeader }) else { return self }
        var head = 0
        var numbers = 0
        for cell in cells where !cell.text.isEmpty {
            if cell.row == 0 {
                guard !Self.isNumber(cell.text) || Self.isYear(cell.text) else { return self }
                head += 1
            } else if Self.isNumber(cell.text) {
                numbers += 1
            }
        }
        guard head > 0, numbers > 0 else { return self }
        var result = self
        for index in result.cells.indices where result.cells[index].row == 0 { result.cells[index].isHeader = true }
        return result
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.count { $0 >= 48 && $0 <= 57 }
        return digits > 0 && digits * 2 >= text.utf8.count
    }

    private static func isYear(_ text: String) -> Bool {
        guard text.utf8.count >= 4, let year = Int(text.prefix(4)) else { return false }
        return (1500...2200).contains(year) && (text.utf8.count == 4 || text.utf8.count >= 7)
    }
}
