/// What turns the stored values of cells into text: the shared strings, the formats and the epoch of a workbook.
struct CellValues {
    var sharedStrings: [String] = []
    var startsIn1904 = false
    /// How the cells of each style show dates; `nil` for other numbers.
    private var dates: [DateFormat?] = []

    mutating func readStyles(_ root: XMLElement) {
        var codes: [Int: String] = [:]
        for format in root.child("numFmts")?.children ?? [] {
            if let id = format.attributes.integer("numFmtId") { codes[id] = format["formatCode"] }
        }
        dates = (root.child("cellXfs")?.children ?? []).map { style in
            let id = style.attributes.integer("numFmtId") ?? 0
            return codes[id].map(DateFormat.init(code:)) ?? DateFormat(builtIn: id)
        }
    }

    /// The text of a cell; empty for what cannot be told.
    ///
    /// - Parameters:
    ///   - type: Such as `s` or `b` (ECMA-376 part 1, `ST_CellType`).
    ///   - style: The index of its style.
    func text(_ stored: String, type: String, style: Int?) -> String {
        switch type {
        case "s": return Int(stored.trimmed).flatMap { sharedStrings.indices.contains($0) ? sharedStrings[$0] : nil } ?? ""
        case "b": return stored.trimmed == "1" || stored == "true" ? "TRUE" : "FALSE"
        case "n", "":
            guard let number = Double(stored.trimmed), number.isFinite else { return stored.trimmed }
            if let style, dates.indices.contains(style), let format = dates[style],
                let text = format.text(number, startsIn1904: startsIn1904)
            {
                return text
            }
            return NumberText.general(number)
        default: return stored
        }
    }
}
