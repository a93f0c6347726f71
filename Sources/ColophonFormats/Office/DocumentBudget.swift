import DoclingDocument

/// How much of a document may still be made; readers ask before they add, so that small files cannot make huge documents.
struct DocumentBudget {
    static let itemsMax = 500_000
    static let textBytesMax = 256 << 20

    private var itemsLeft = itemsMax
    private var slotsLeft = TableGrid.slotsTotalMax
    private var textBytesLeft = textBytesMax

    /// - Throws: `tooLarge` for more than `itemsMax` items in all.
    mutating func spendItem() throws(FormatFailure) {
        itemsLeft -= 1
        guard itemsLeft >= 0 else { throw .tooLarge("it holds more than \(Self.itemsMax) items") }
    }

    /// - Throws: `tooLarge` when a table or all tables together would have more slots than docling-core takes.
    mutating func spendTable(rowCount: Int, columnCount: Int) throws(FormatFailure) {
        try spendItem()
        let (slots, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
        guard !overflow, slots <= TableGrid.slotsMax else { throw .tooLarge("a table has more than \(TableGrid.slotsMax) cells") }
        slotsLeft -= slots
        guard slotsLeft >= 0 else { throw .tooLarge("its tables have more than \(TableGrid.slotsTotalMax) cells") }
    }

    /// For texts that a file may refer to many times.
    ///
    /// - Throws: `tooLarge` for more than `textBytesMax` bytes in all.
    mutating func spendText(_ byteCount: Int) throws(FormatFailure) {
        textBytesLeft -= byteCount
        guard textBytesLeft >= 0 else { throw .tooLarge("its text takes more than \(Self.textBytesMax >> 20) MiB") }
    }
}
