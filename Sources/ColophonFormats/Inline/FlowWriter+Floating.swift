internal import DoclingDocument

extension FlowWriter {
    /// Adds a picture; its caption is bound to it when there is one.
    mutating func addPicture(caption: [InlineRun]) throws(FormatFailure) {
        try count()
        let picture = document.addPicture(parent: parent, layer: layer)
        try addCaption(caption, to: picture)
    }

    /// Adds an empty table, whose cells `setCells` gives once they are read: rich cells hang below it.
    mutating func addTable(caption: [InlineRun]) throws(FormatFailure) -> Reference {
        try count()
        let table = document.addTable(TableData(), parent: parent, layer: layer)
        try addCaption(caption, to: table)
        return table
    }

    /// How many tables there are.
    var tableCount: Int { document.tables.count }

    /// Gives the table added as the `index`th from 0 its cells.
    ///
    /// - Throws: `tooLarge` when it or all tables together have more slots than docling allows.
    mutating func setCells(_ cells: [TableCell], rowCount: Int, columnCount: Int, ofTable index: Int) throws(FormatFailure) {
        let slots = rowCount * columnCount
        slotCount += slots
        guard slots <= TableGrid.slotsMax else { throw .tooLarge("a table has more than \(TableGrid.slotsMax) cells") }
        guard slotCount <= TableGrid.slotsTotalMax else { throw .tooLarge("its tables have more than \(TableGrid.slotsTotalMax) cells") }
        for cell in cells where cell.rowSpan * cell.columnSpan > 1 {
            try countRepeated(bytes: cell.text.utf8.count * cell.rowSpan * cell.columnSpan)
        }
        document.tables[index].data = TableData(cells: cells, rowCount: rowCount, columnCount: columnCount)
    }

    /// Adds the group that holds the rich content of a cell, of row and column from 0, below the table that is open.
    mutating func addCellGroup(row: Int, column: Int, ofTable index: Int) throws(FormatFailure) -> Reference {
        try addGroup(.unspecified, name: "rich_cell_group_\(index + 1)_\(column)_\(row)")
    }

    private mutating func addCaption(_ runs: [InlineRun], to item: Reference) throws(FormatFailure) {
        guard !runs.isEmpty else { return }
        try count()
        document.addCaption(runs.plainText, to: item)
        let style = runs.commonStyle
        document.texts[document.texts.count - 1].formatting = style.formatting
        try finishText(hyperlink: style.hyperlink)
    }
}
