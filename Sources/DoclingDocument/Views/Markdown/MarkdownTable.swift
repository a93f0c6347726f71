/// Lays a table out with bars, columns as wide as their longest cell.
///
/// The one header row that Markdown allows is made of all leading rows of column headers. Columns of numbers are set
/// flush right. Widths count Unicode scalars, as docling-core's do.
struct MarkdownTable {
    private let grid: TableGrid
    private let texts: [[UInt8]]
    private let headers: [[UInt8]]
    private let headerCount: Int
    private let widths: [Int]
    private let isNumeric: [Bool]

    /// - Parameter texts: What each cell shows, by its index in the table.
    init(_ data: TableData, _ grid: TableGrid, _ texts: [[UInt8]]) {
        self.grid = grid
        let headerCount = MarkdownTable.headerRowCount(data, grid)
        self.headerCount = headerCount
        let headers = MarkdownTable.headers(grid, texts, headerCount)
        self.headers = headers
        let rows = headerCount..<max(headerCount, grid.rowCount)
        isNumeric = (0..<grid.columnCount).map { column in
            NumericColumn.isNumeric(rows.lazy.map { grid[$0, column].map { texts[$0] } ?? [] })
        }
        let stripped = texts.map(WhiteSpace.stripped)
        self.texts = stripped
        let textWidths = stripped.map(MarkdownTable.width)
        widths = (0..<grid.columnCount).map { column in
            // A header leaves room for two more characters.
            rows.reduce(MarkdownTable.width(headers[column]) + 2) { max($0, grid[$1, column].map { textWidths[$0] } ?? 0) }
        }
    }

    /// At least the bytes that `text()` makes.
    var bytesMax: Int {
        let line = widths.reduce(2) { $0 + $1 + 3 }
        var bytes = (grid.rowCount - headerCount + 2) * line + headers.reduce(0) { $0 + $1.count }
        for row in min(headerCount, grid.rowCount)..<grid.rowCount {
            for column in 0..<grid.columnCount { bytes += grid[row, column].map { texts[$0].count } ?? 0 }
        }
        return bytes
    }

    func text() -> [UInt8] {
        guard grid.rowCount > 0, grid.columnCount > 0 else { return [] }
        var result: [UInt8] = []
        result.reserveCapacity(bytesMax)
        for column in 0..<grid.columnCount {
            // Headers keep their white space; without rows below them no column is numeric.
            append(headers[column], column, alignsRight: isNumeric[column] && grid.rowCount > headerCount, to: &result)
        }
        result.append(contentsOf: "|\n".utf8)
        for width in widths {
            result.append(UInt8(ascii: "|"))
            result.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: width + 2))
        }
        result.append(UInt8(ascii: "|"))
        for row in headerCount..<max(headerCount, grid.rowCount) {
            result.append(0x0A)
            for column in 0..<grid.columnCount {
                append(grid[row, column].map { texts[$0] } ?? [], column, alignsRight: isNumeric[column], to: &result)
            }
            result.append(UInt8(ascii: "|"))
        }
        return result
    }

    private func append(_ text: [UInt8], _ column: Int, alignsRight: Bool, to result: inout [UInt8]) {
        let padding = repeatElement(UInt8(0x20), count: max(0, widths[column] - MarkdownTable.width(text)))
        result.append(contentsOf: "| ".utf8)
        if alignsRight { result.append(contentsOf: padding) }
        result.append(contentsOf: text)
        if !alignsRight { result.append(contentsOf: padding) }
        result.append(0x20)
    }

    /// Unicode scalars: bytes that do not continue another.
    static func width(_ text: [UInt8]) -> Int {
        text.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }

    // MARK: Headers

    /// The texts of the header rows one above the other, joined; a cell that spans rows is named once.
    private static func headers(_ grid: TableGrid, _ texts: [[UInt8]], _ count: Int) -> [[UInt8]] {
        (0..<grid.columnCount).map { column in
            var result: [UInt8] = []
            var last: [UInt8] = []
            for row in 0..<count {
                let text = grid[row, column].map { texts[$0] } ?? []
                guard !text.isEmpty, text != last else { continue }
                if !result.isEmpty { result.append(contentsOf: " - ".utf8) }
                result.append(contentsOf: text)
                last = text
            }
            return result
        }
    }

    /// How many leading rows head the columns.
    ///
    /// Such a row is one that a column header starts on and, below the first row, no other text does except in the
    /// leading column. A table without column headers has its first row as its header; one whose column headers all
    /// start further down has none.
    private static func headerRowCount(_ data: TableData, _ grid: TableGrid) -> Int {
        let firstColumn = data.cells.lazy.map(\.startColumn).min() ?? 0
        func starting(_ row: Int) -> some Sequence<TableCell> {
            (0..<grid.columnCount).lazy.compactMap { grid[row, $0] }.map { data.cells[$0] }.filter { $0.startRow == row }
        }
        let leadsBelow = (0..<grid.rowCount).dropFirst().contains { row in
            starting(row).contains { $0.isColumnHeader && $0.startColumn == firstColumn }
        }
        var count = 0
        for row in 0..<grid.rowCount {
            let carriesText =
                (row > 0 || leadsBelow)
                && starting(row).contains {
                    !$0.isColumnHeader && $0.startColumn != firstColumn && !WhiteSpace.stripped(Array($0.text.utf8)).isEmpty
                }
            if carriesText || !starting(row).contains(where: \.isColumnHeader) { break }
            count += 1
        }
        guard count == 0, grid.rowCount > 0 else { return count }
        let flaggedBelow = (1..<max(1, grid.rowCount)).contains { row in
            (0..<grid.columnCount).contains { grid[row, $0].map { data.cells[$0].isColumnHeader } ?? false }
        }
        return flaggedBelow ? 0 : 1
    }
}
