import DoclingDocument

/// Streams the part of a sheet, which may have millions of elements.
struct WorksheetParser {
    private let values: CellValues
    private var worksheet = Worksheet()
    private var row = -1
    private var column = -1
    private var type = ""
    private var style: Int?
    private var stored = ""
    private var isValue = false
    private var hintDepth = 0

    /// - Throws: `tooLarge` for more cells than the tables of a document may have.
    static func worksheet(in bytes: [UInt8], values: CellValues) throws(FormatFailure) -> Worksheet {
        var parser = try XMLPullParser(bytes)
        var state = WorksheetParser(values: values)
        while let event = try parser.next() {
            switch event {
            case .start(let name, let attributes): state.start(name.local, attributes)
            case .end(let name): try state.end(name.local)
            case .text(let text): if state.isValue, state.hintDepth == 0 { state.stored += text }
            }
        }
        return state.worksheet
    }

    private init(values: CellValues) { self.values = values }

    private mutating func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "row":
            row = attributes.integer("r").map { min(max($0, 1), Worksheet.rowsMax + 1) - 1 } ?? row + 1
            column = -1
        case "c":
            if let place = attributes["r"].flatMap({ Worksheet.place($0[...]) }) {
                (row, column) = place
            } else {
                column += 1
            }
            type = attributes["t"] ?? ""
            style = attributes.integer("s")
            stored = ""
        case "v", "t": isValue = true
        case "rPh": hintDepth += 1
        case "mergeCell":
            if let range = attributes["ref"].flatMap(Worksheet.range) { worksheet.merged.append(range) }
        default: break
        }
    }

    private mutating func end(_ name: String) throws(FormatFailure) {
        switch name {
        case "v", "t": isValue = false
        case "rPh": hintDepth -= 1
        case "c":
            guard !stored.isEmpty, (0..<Worksheet.rowsMax).contains(row), (0..<Worksheet.columnsMax).contains(column) else { return }
            let text = values.text(stored, type: type, style: style)
            guard !text.isEmpty else { return }
            guard worksheet.cells.count < TableGrid.slotsTotalMax else {
                throw .tooLarge("a sheet has more than \(TableGrid.slotsTotalMax) cells")
            }
            worksheet.cells.append(Worksheet.Cell(row: row, column: column, text: text))
        default: break
        }
    }
}
