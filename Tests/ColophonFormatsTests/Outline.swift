import DoclingDocument

extension DoclingDocument {
    /// The tree of the body as lines of label and text, each indented by its depth.
    var outline: String {
        var lines: [String] = []
        func walk(_ reference: Reference, _ depth: Int) {
            let indent = String(repeating: "  ", count: depth)
            let node = self.node(at: reference)
            let layer = node?.contentLayer == .furniture ? "!" : ""
            if let text = node as? TextItem {
                lines.append("\(indent)\(layer)\(describe(text))")
            } else if let group = node as? GroupItem {
                lines.append("\(indent)\(layer)<\(group.name)>")
            } else if let table = node as? TableItem {
                lines.append("\(indent)\(layer)table \(table.data.rowCount)x\(table.data.columnCount)")
            } else {
                lines.append("\(indent)\(layer)picture")
            }
            for child in node?.children ?? [] { walk(child, depth + 1) }
        }
        for child in body.children { walk(child, 0) }
        return lines.joined(separator: "\n")
    }

    private func describe(_ text: TextItem) -> String {
        var name = text.label.rawValue
        if let level = text.level { name += "\(level)" }
        if let marker = text.marker, !marker.isEmpty { name += " \(marker)" }
        if let language = text.codeLanguage, language != .unknown { name += " \(language.rawValue)" }
        if let format = text.formatting {
            name += format.bold ? " b" : ""
            name += format.italic ? " i" : ""
            name += format.underline ? " u" : ""
            name += format.strikethrough ? " s" : ""
            name += format.script == .baseline ? "" : " \(format.script.rawValue)"
        }
        if let link = text.hyperlink { name += " @\(link)" }
        return name + ": " + text.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
    }

    /// The cells of the first table as lines; `=` marks headers of columns, `-` of rows.
    var firstTable: String {
        guard let data = tables.first?.data else { return "" }
        return (0..<data.rowCount).map { row in
            data.cells.filter { $0.startRow == row }.map { cell in
                let span = cell.rowSpan * cell.columnSpan > 1 ? "(\(cell.rowSpan)x\(cell.columnSpan))" : ""
                return (cell.isColumnHeader ? "=" : "") + (cell.isRowHeader ? "-" : "") + cell.text + span
            }.joined(separator: "|")
        }.joined(separator: "\n")
    }
}
