extension HTMLRenderer {
    mutating func table(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        guard let data = tree.table(id)?.data else { return }
        let grid = try grid(of: data)
        tag("<table>\n")
        try captions(of: id, in: "caption")
        for row in 0..<grid.rowCount {
            tag("<tr>")
            for column in 0..<grid.columnCount {
                guard let index = grid[row, column] else {
                    tag("<td></td>")
                    continue
                }
                // A cell is written where it begins; what overlaps it later cuts it to that slot.
                if row > 0, grid[row - 1, column] == index { continue }
                if column > 0, grid[row, column - 1] == index { continue }
                try cell(data.cells[index], index, row, column, grid)
            }
            tag("</tr>\n")
            try checkSize()
        }
        tag("</table>\n")
        try footnotes(of: id)
        if let description = tree.meta(id)?.description {
            tag("<p class=\"picture\" dir=\"auto\">")
            text(description)
            tag("</p>\n")
        }
        try children(of: id)
    }

    private mutating func cell(_ cell: TableCell, _ index: Int, _ row: Int, _ column: Int, _ grid: TableGrid) throws(DoclingDocumentError) {
        var columns = 1
        while grid[row, column + columns] == index { columns += 1 }
        var rows = 1
        while grid[row + rows, column] == index { rows += 1 }
        try checkSize()
        let name = cell.isColumnHeader || cell.isRowHeader ? "th" : "td"
        tag("<\(name)")
        if cell.isColumnHeader { tag(" scope=\"col\"") } else if cell.isRowHeader { tag(" scope=\"row\"") }
        if rows > 1 { tag(" rowspan=\"\(rows)\"") }
        if columns > 1 { tag(" colspan=\"\(columns)\"") }
        tag(" dir=\"auto\">")
        if let content = cell.content.flatMap(tree.id(of:)) {
            try node(content)
        } else {
            text(cell.text, breaksLines: true)
        }
        tag("</\(name)>")
    }

    mutating func picture(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        guard let picture = tree.picture(id) else { return }
        let meta = tree.meta(id)
        tag("<figure>")
        if options.includesImages, let uri = picture.image?.uri, HTMLRenderer.isSafeImage(uri) {
            tag("<img alt=\"")
            text(meta?.description ?? "")
            tag("\" src=\"")
            text(uri)
            tag("\">")
        } else {
            tag("<div class=\"picture\" role=\"img\" dir=\"auto\">")
            text(meta?.description ?? MarkdownText.humanized(meta?.mainClass?.name ?? "picture"))
            tag("</div>")
        }
        tag("\n")
        if let chart = try? meta?.tabularChart() { try chartTable(chart) }
        try captions(of: id, in: "figcaption")
        tag("</figure>\n")
        try footnotes(of: id)
        try children(of: id)
    }

    private mutating func chartTable(_ data: TableData) throws(DoclingDocumentError) {
        let grid = try grid(of: data)
        tag("<table>\n")
        for row in 0..<grid.rowCount {
            tag("<tr>")
            for column in 0..<grid.columnCount {
                tag("<td dir=\"auto\">")
                if let index = grid[row, column] { text(data.cells[index].text) }
                tag("</td>")
                try checkSize()
            }
            tag("</tr>\n")
            try checkSize()
        }
        tag("</table>\n")
    }

    /// Whether a picture is a data URL of a raster format, in Base64 and nothing else.
    static func isSafeImage(_ uri: String) -> Bool {
        guard let prefix = ["png", "jpeg", "gif", "webp"].map({ "data:image/\($0);base64," }).first(where: uri.hasPrefix) else {
            return false
        }
        return uri.utf8.dropFirst(prefix.utf8.count).allSatisfy {
            switch $0 {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
            default: false
            }
        }
    }

    /// Keys with their values as a list of definitions.
    mutating func keyValues(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        guard let path = tree[id].path else { return }
        let graph = (path.list == .formItems ? tree.document.formItems : tree.document.keyValueItems)[path.index].graph
        let cells = Dictionary(graph.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var values: [Int: [Int]] = [:]
        for link in graph.links where link.label == .toValue || link.label == .toKey {
            let (key, value) = link.label == .toValue ? (link.source, link.target) : (link.target, link.source)
            values[key, default: []].append(value)
        }
        tag("<dl>\n")
        var shown: Set<Int> = []
        for cell in graph.cells where cell.label == .key && shown.insert(cell.id).inserted {
            tag("<dt dir=\"auto\">")
            text(cell.text)
            tag("</dt>")
            for value in values[cell.id] ?? [] {
                guard let value = cells[value] else { continue }
                tag("<dd dir=\"auto\">")
                text(value.text)
                tag("</dd>")
                try checkSize()
            }
            tag("\n")
        }
        tag("</dl>\n")
        try captions(of: id, in: "p")
        try children(of: id)
    }
}
