/// Renders the tree of a document as Markdown or plain text.
///
/// The rules are those of docling-core's Markdown serializer: a walk over the tree gives parts, which their container
/// joins; a node shown once is not shown again. Text is handled as UTF-8 bytes, so that lengths and searches count
/// scalars and bytes, never grapheme clusters.
struct MarkdownRenderer {
    enum Style {
        case markdown, plain
    }

    /// The text of a node.
    struct Part {
        var text: [UInt8] = []
        /// The first item whose text this is.
        var first: DocumentTree.ID?
        var isPageBreak = false

        init(_ text: [UInt8] = [], first: DocumentTree.ID? = nil) {
            self.text = text
            self.first = first
        }
    }

    /// Where a node is rendered.
    struct Scope {
        var listLevel = 0
        var isInline = false
        /// Within the cell of a table: headings lose their marks.
        var isCell = false
        /// Within the cell of a table: tables become flat.
        var flattensTables = false
    }

    let tree: DocumentTree
    let selection: DocumentSelection
    let style: Style
    let options: MarkdownOptions
    var visited: [Bool]
    var visitedBreaks: Set<Int> = []
    private var depth = 0
    private var stepsLeft = 20_000_000
    private var bytesLeft: Int
    private var slotsLeft = TableGrid.slotsTotalMax

    init(_ document: DoclingDocument, style: Style, pageNumber: Int?, options: MarkdownOptions) throws(DoclingDocumentError) {
        tree = try DocumentTree(document)
        selection = DocumentSelection(tree, pageNumber: pageNumber, layers: options.layers)
        self.style = style
        self.options = options
        visited = [Bool](repeating: false, count: tree.nodes.count)
        bytesLeft = options.bytesMax
    }

    mutating func document() throws(DoclingDocumentError) -> String {
        let parts = try parts(below: DocumentTree.body, root: nil, in: Scope())
        var text = joined(parts.filter { !$0.text.isEmpty || $0.isPageBreak }.map(\.text), by: "\n\n")
        let meta = try metaText(DocumentTree.body)
        if !meta.isEmpty { text = text.isEmpty ? meta : text + Array("\n\n".utf8) + meta }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: Bounds

    /// Counts work that makes no text, which only a document built for it needs much of.
    mutating func spend(steps: Int) throws(DoclingDocumentError) {
        stepsLeft -= steps
        guard stepsLeft >= 0 else { throw DoclingDocumentError(.tooComplex, "rendering takes too many steps") }
    }

    /// Counts text that is made from the document's; the same text may be shown in several places.
    mutating func spend(bytes: Int) throws(DoclingDocumentError) {
        bytesLeft -= bytes
        guard bytesLeft >= 0 else { throw DoclingDocumentError(.tooLarge, "the rendering is larger than \(options.bytesMax) bytes") }
    }

    /// The slots of a table, counted with those of the tables before it.
    mutating func grid(of data: TableData) throws(DoclingDocumentError) -> TableGrid {
        let grid = try data.grid()
        slotsLeft -= grid.slotCount
        guard slotsLeft >= 0 else { throw DoclingDocumentError(.tooLarge, "the tables declare too many cells in total") }
        return grid
    }

    // MARK: Nodes

    /// The parts of all nodes below a node, each shown where the walk first meets it.
    ///
    /// - Parameter root: The node whose subtree is rendered on its own; `nil` for the whole document.
    mutating func parts(below node: DocumentTree.ID, root: DocumentTree.ID?, in scope: Scope) throws(DoclingDocumentError) -> [Part] {
        var parts: [Part] = []
        let skipsBelowCaptions = root.map { !selection.belowCaptions.contains($0) && !selection.captions.contains($0) } ?? true
        for step in try walk(from: node) {
            switch step {
            case .pageBreak(let index):
                guard visitedBreaks.insert(index).inserted else { continue }
                var part = Part(Array((options.pageBreak ?? "").utf8))
                part.isPageBreak = true
                parts.append(part)
            case .node(let id):
                if visited[id] || (skipsBelowCaptions && selection.belowCaptions.contains(id)) { continue }
                let part = try render(id, in: scope)
                if !part.text.isEmpty { parts.append(part) }
            }
        }
        return parts
    }

    /// The text of a node, its meta after its content.
    mutating func render(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        visited[id] = true
        guard id != DocumentTree.body else { return Part() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= 2 * DocumentTree.depthMax else { throw DoclingDocumentError(.tooDeep, "items are nested too deep") }
        var part: Part
        switch tree[id].kind {
        case .list: part = try list(id, in: scope)
        case .inline: part = try inline(id, in: scope)
        case .text:
            // Shown with the item that binds it.
            if selection.captions.contains(id) || selection.footnotes.contains(id) { return Part() }
            part = selection.excluded.contains(id) ? Part() : try text(id, in: scope)
        case .table: part = try table(id, in: scope)
        case .picture: part = try picture(id, in: scope)
        case .keyValues: part = placeholder("<!-- missing-key-value-item -->", for: id)
        case .form: part = placeholder("<!-- missing-form-item -->", for: id)
        case .group:
            let parts = try parts(below: id, root: id, in: Scope(isCell: scope.isCell, flattensTables: scope.flattensTables))
            part = Part(joined(parts.map(\.text), by: "\n\n"), first: parts.lazy.compactMap(\.first).first)
        case .field: part = Part()
        }
        let meta = selection.excluded.contains(id) ? [] : try metaText(id)
        if !meta.isEmpty {
            part.text = part.text.isEmpty ? meta : part.text + Array("\n\n".utf8) + meta
            if part.first == nil, tree.label(id) != nil { part.first = id }
        }
        try spend(bytes: meta.count)
        return part
    }

    private func placeholder(_ text: String, for id: DocumentTree.ID) -> Part {
        guard style == .markdown, !selection.excluded.contains(id) else { return Part() }
        return Part(Array(text.utf8), first: id)
    }

    private mutating func inline(_ id: DocumentTree.ID, in scope: Scope) throws(DoclingDocumentError) -> Part {
        var inner = scope
        inner.isInline = true
        let parts = try parts(below: id, root: id, in: inner)
        return Part(joined(parts.map(\.text).filter { !$0.isEmpty }, by: " "), first: parts.lazy.compactMap(\.first).first)
    }

    func joined(_ texts: [[UInt8]], by separator: StaticString) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(texts.reduce(0) { $0 + $1.count + 2 })
        for (index, text) in texts.enumerated() {
            if index > 0 { result.append(contentsOf: UnsafeBufferPointer(start: separator.utf8Start, count: separator.utf8CodeUnitCount)) }
            result.append(contentsOf: text)
        }
        return result
    }
}
