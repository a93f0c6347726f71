/// The cells of a sheet that are not empty, and which ranges are merged.
struct Worksheet {
    /// Of Excel; what lies beyond is left out.
    static let rowsMax = 1 << 20
    static let columnsMax = 1 << 14

    struct Cell {
        /// Both from 0.
        var row: Int
        var column: Int
        var text: String
    }

    /// The rows and columns of a range, from 0.
    struct Range {
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>
        var area: Int { rows.count * columns.count }
    }

    var cells: [Cell] = []
    var merged: [Range] = []

    /// The place that a reference such as `B3` names; `nil` for anything else.
    static func place(_ reference: Substring) -> (row: Int, column: Int)? {
        let letters = reference.utf8.prefix { (0x41...0x5A).contains($0 & 0xDF) }
        guard (1...3).contains(letters.count), let row = Int(reference.dropFirst(letters.count)), (1...rowsMax).contains(row) else {
            return nil
        }
        let column = letters.reduce(0) { $0 * 26 + Int($1 & 0xDF) - 0x40 }
        return column <= columnsMax ? (row - 1, column - 1) : nil
    }

    /// The range that `A1:B2` names.
    static func range(_ reference: String) -> Range? {
        let ends = reference.split(separator: ":")
        guard ends.count == 2, let first = place(ends[0]), let last = place(ends[1]), first.row <= last.row, first.column <= last.column
        else { return nil }
        return Range(rows: first.row...last.row, columns: first.column...last.column)
    }
}
