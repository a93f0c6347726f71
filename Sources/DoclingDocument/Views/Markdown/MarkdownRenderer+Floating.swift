extension MarkdownRenderer {
    /// The captions of an item in one line; empty without any.
    mutating func captions(of id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        var results: [Part] = []
        var inner = scope
        inner.listLevel = 0
        inner.isInline = true
        for caption in tree.captions(id) {
            guard let item = tree.text(caption), selection.layers.contains(tree[caption].layer), !selection.excluded.contains(caption)
            else {
                continue
            }
            try spend(bytes: item.text.utf8.count + 1)
            let own = Part(decorated(Array(item.text.utf8)), first: caption)
            let below = try parts(below: caption, root: caption, in: inner)
            results.append(Part(joined(([own] + below).map(\.text).filter { !$0.isEmpty }, by: " "), first: caption))
        }
        return Part(joined(results.map(\.text), by: " "), first: results.first?.first)
    }

    mutating func picture(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        let caption = try captions(of: id, in: scope)
        var parts = caption.text.isEmpty ? [] : [caption]
        if !selection.excluded.contains(id), !options.imagePlaceholder.isEmpty {
            parts.append(Part(Array(options.imagePlaceholder.utf8), first: id))
        }
        return Part(joined(parts.map(\.text), by: "\n\n"), first: parts.first?.first)
    }

    mutating func table(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        guard let table = tree.table(id) else { return Part() }
        if scope.flattensTables {
            tree.forEachNode(below: id) { visited[$0] = true }
            return Part(try flatText(id, depth: 0), first: id)
        }
        let caption = try captions(of: id, in: scope)
        var parts = caption.text.isEmpty ? [] : [caption]
        if !selection.excluded.contains(id) {
            let text = try tableText(table.data)
            if !text.isEmpty { parts.append(Part(text, first: id)) }
        }
        return Part(joined(parts.map(\.text), by: "\n\n"), first: parts.first?.first)
    }

    /// The cells of a table laid out with bars.
    mutating func tableText(_ data: TableData) throws(DoclingDocumentError) -> [UInt8] {
        let grid = try grid(of: data)
        var texts = [[UInt8]](repeating: [], count: data.cells.count)
        var isRendered = [Bool](repeating: false, count: data.cells.count)
        for row in 0..<grid.rowCount {
            for column in 0..<grid.columnCount {
                guard let index = grid[row, column], !isRendered[index] else { continue }
                isRendered[index] = true
                let content = data.cells[index].content.flatMap(tree.id(of:))
                let text = try content.map { (id) throws(DoclingDocumentError) in
                    try render(id, in: Scope(isCell: true, flattensTables: true)).text
                }
                texts[index] = MarkdownText.cell(text ?? Array(data.cells[index].text.utf8), escapesBars: style == .markdown)
            }
        }
        let layout = MarkdownTable(data, grid, texts)
        try spend(bytes: layout.bytesMax)
        return layout.text()
    }

    /// All text below a node in one line, for a table that lies in the cell of another: Markdown cannot nest them.
    private mutating func flatText(_ id: DocumentTree.ID, depth: Int) throws(DoclingDocumentError) -> [UInt8] {
        guard depth <= DocumentTree.depthMax else { throw DoclingDocumentError(.tooDeep, "tables are nested too deep") }
        // Finding out what a node is costs more than walking past it.
        try spend(steps: 32)
        var parts: [[UInt8]] = []
        if let table = tree.table(id) {
            guard !selection.excluded.contains(id) else { return [] }
            let grid = try grid(of: table.data)
            var shown: Set<Int> = []
            for row in 0..<grid.rowCount {
                for column in 0..<grid.columnCount {
                    try spend(steps: 1)
                    guard let index = grid[row, column] else { continue }
                    let cell = table.data.cells[index]
                    if let content = cell.content.flatMap(tree.id(of:)) {
                        if shown.insert(index).inserted { parts.append(try flatText(content, depth: depth + 1)) }
                    } else {
                        try spend(bytes: cell.text.utf8.count)
                        parts.append(Array(cell.text.utf8))
                    }
                }
            }
        } else {
            if let item = tree.text(id), !selection.excluded.contains(id) {
                try spend(bytes: item.text.utf8.count)
                parts.append(Array(item.text.utf8))
            }
            for child in tree[id].children { parts.append(try flatText(child, depth: depth + 1)) }
        }
        return joined(parts.filter { !$0.isEmpty }, by: " ")
    }
}
