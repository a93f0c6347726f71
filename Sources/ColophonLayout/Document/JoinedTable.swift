import DoclingDocument

/// A table with the parts of it that stand on the next pages.
struct JoinedTable {
    private(set) var data: TableData
    let label: DocItemLabel
    private(set) var prov: [Provenance]

    init(at place: TableContinuations.Place, in pages: [PageLayout], _ continuations: TableContinuations) {
        let page = pages[place.page]
        let table = page.tables[place.table]
        data = TableData(rowCount: table.rows, columnCount: table.columns)
        data.cells = table.cells.map { Self.cell($0, row: $0.row, bbox: page.bbox($0.box)) }
        label = table.isIndex ? .documentIndex : .table
        prov = [page.provenance(table.box, "")]
        for place in continuations.following[place] ?? [] {
            let part = pages[place.page].tables[place.table]
            append(part, without: part.rowsRepeating(table))
            prov.append(pages[place.page].provenance(part.box, ""))
        }
    }

    /// A cell's box does not say of which page it is, so only the first page's have one.
    private mutating func append(_ part: LayoutTable, without repeated: Int) {
        let above = data.rowCount - repeated
        data.cells += part.cells.lazy.filter { $0.row >= repeated }.map { Self.cell($0, row: above + $0.row, bbox: nil) }
        data.rowCount += part.rows - repeated
    }

    private static func cell(_ cell: LayoutTable.Cell, row: Int, bbox: BoundingBox?) -> TableCell {
        var result = TableCell(
            cell.text, row: row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan, bbox: bbox)
        result.isColumnHeader = cell.isHeader
        result.isRowHeader = cell.isRowHeader
        return result
    }
}
