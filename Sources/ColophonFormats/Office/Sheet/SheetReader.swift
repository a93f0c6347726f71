package import DoclingDocument

/// Turns XLSX files into documents, in the conventions of docling: a page and a group for each visible sheet, a table for
/// each region of cells that touch. The unit of a page's boxes is the cell.
package struct SheetReader {
    var document: DoclingDocument
    var budget = DocumentBudget()
    private var values = CellValues()

    /// - Throws: `FormatFailure` for what is no whole XLSX file; see `ZipArchive` and `XMLPullParser` for the bounds.
    /// - Complexity: O(n log n) in the number of cells, beside the size of the unpacked parts.
    package static func document(
        from bytes: UnsafeRawBufferPointer, name: String, inflater: Inflater
    ) throws(FormatFailure) -> DoclingDocument {
        var package = try OfficePackage(bytes, inflater: inflater)
        let path = try package.mainPart(fallback: "xl/workbook.xml")
        guard let workbook = try package.part(path), let sheets = workbook.child("sheets") else {
            throw .damaged("it holds no workbook")
        }
        let relationships = try package.relationships(of: path)
        var reader = SheetReader(document: DoclingDocument(name: name))
        if let path = OfficePackage.target("sharedStrings", in: relationships), let bytes = try package.archive.read(path) {
            reader.values.sharedStrings = try SharedStrings.strings(in: bytes)
        }
        if let path = OfficePackage.target("styles", in: relationships), let styles = try package.part(path) {
            reader.values.readStyles(styles)
        }
        let epoch = workbook.child("workbookPr")?["date1904"]
        reader.values.startsIn1904 = epoch == "1" || epoch == "true"
        var seen: Set<String> = []
        for sheet in sheets.children where sheet.name.local == "sheet" && (sheet["state"] ?? "visible") == "visible" {
            guard let id = sheet.attributes[.relationships, "id"], let relationship = relationships[id],
                seen.insert(relationship.target).inserted
            else { continue }
            try reader.readSheet(relationship, name: sheet["name"] ?? "", package: &package)
        }
        return reader.document
    }

    /// Adds a sheet; one of charts alone has no cells.
    private mutating func readSheet(
        _ relationship: OfficePackage.Relationship, name: String, package: inout OfficePackage
    ) throws(FormatFailure) {
        try budget.spendItem()
        let number = document.pages.count + 1
        let group = document.addGroup(.section, name: "sheet: \(name)")
        var worksheet = Worksheet()
        if let bytes = try package.archive.read(relationship.target) {
            worksheet = try WorksheetParser.worksheet(in: bytes, values: values)
        }
        try budget.spendText(worksheet.cells.reduce(0) { $0 + $1.text.utf8.count })
        var boxes: [(box: BoundingBox, table: TableData?)] = []
        for region in try SheetRegions(worksheet).regions(budget: &budget) { boxes.append((region.box, region.table)) }
        for picture in try SheetPictures.boxes(of: relationship.target, package: &package) { boxes.append((picture, nil)) }
        var size = PageSize(width: 0, height: 0)
        for (_, item) in boxes.enumerated().sorted(by: { ($0.element.box.top, $0.offset) < ($1.element.box.top, $1.offset) }) {
            size.width = max(size.width, item.box.right)
            size.height = max(size.height, item.box.bottom)
            let prov = [Provenance(pageNumber: number, bbox: item.box, text: "")]
            if let table = item.table {
                document.addTable(table, prov: prov, parent: group)
            } else {
                try budget.spendItem()
                document.addPicture(prov: prov, parent: group)
            }
        }
        document.addPage(number, size: size)
    }
}
