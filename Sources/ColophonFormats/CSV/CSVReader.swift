package import DoclingDocument

/// Reads tables of separated values (RFC 4180) into a document with one table.
package enum CSVReader {
    /// The first row heads the columns; rows that are too short leave the rest of their cells out, as docling does.
    ///
    /// - Throws: `tooLarge` for more than `TableGrid.slotsMax` cells, counted over the longest row,
    ///   `damaged` when a quoted value has no end.
    /// - Complexity: O(n).
    package static func document(from text: String, name: String) throws(FormatFailure) -> DoclingDocument {
        var text = text
        text.makeContiguousUTF8()
        var bytes = [UInt8](text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var document = DoclingDocument(name: name)
        var scanner = CSVScanner(bytes, delimiter: CSVDialect.delimiter(of: bytes))
        var cells: [TableCell] = []
        var rowCount = 0
        var columnCount = 0
        while let record = try scanner.nextRecord() {
            columnCount = max(columnCount, record.count)
            let (slots, overflow) = columnCount.multipliedReportingOverflow(by: rowCount + 1)
            guard !overflow, slots <= TableGrid.slotsMax else { throw .tooLarge("it has more than \(TableGrid.slotsMax) cells") }
            for (column, value) in record.enumerated() {
                var cell = TableCell(value, row: rowCount, column: column)
                cell.isColumnHeader = rowCount == 0
                cells.append(cell)
            }
            rowCount += 1
        }
        if rowCount > 0 { document.addTable(TableData(cells: cells, rowCount: rowCount, columnCount: columnCount)) }
        return document
    }
}
