/// Renders the tree of a document as HTML, each node once, its children within or after it.
struct HTMLRenderer {
    let tree: DocumentTree
    let selection: DocumentSelection
    let options: HTMLOptions
    private(set) var output: [UInt8] = []
    private var visited: [Bool]
    private var depth = 0
    private var slotsLeft = TableGrid.slotsTotalMax

    init(_ document: DoclingDocument, pageNumber: Int?, options: HTMLOptions) throws(DoclingDocumentError) {
        tree = try DocumentTree(document)
        selection = DocumentSelection(tree, pageNumber: pageNumber, layers: options.layers)
        self.options = options
        visited = [Bool](repeating: false, count: tree.nodes.count)
    }

    mutating func document() throws(DoclingDocumentError) -> String {
        if options.isPage {
            let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            tag("<!DOCTYPE html>\n<html lang=\"")
            text(options.language)
            tag("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">\n")
            tag("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            text(tree.document.name)
            tag("</title>\n<style>\(HTMLRenderer.style)</style>\n</head>\n<body>\n")
        }
        visited[DocumentTree.body] = true
        try children(of: DocumentTree.body)
        if options.isPage { tag("</body>\n</html>\n") }
        return String(decoding: output, as: UTF8.self)
    }

    private static let style =
        "body{font-family:sans-serif;line-height:1.5;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        + "table{border-collapse:collapse}th,td{border:1px solid #999;padding:.2rem .5rem;text-align:start;vertical-align:top}"
        + "pre{overflow-x:auto;background:#f5f5f5;padding:.5rem}figure{margin:1rem 0}img{max-width:100%}.picture,figcaption,.footnote{color:#555}"

    // MARK: Output

    /// Appends markup of this library; text of the document goes through `text(_:)` alone.
    mutating func tag(_ markup: String) {
        output.append(contentsOf: markup.utf8)
    }

    /// Appends text of the document, escaped for content and for quoted attributes alike.
    mutating func text(_ text: String, breaksLines: Bool = false) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): tag("&amp;")
            case UInt8(ascii: "<"): tag("&lt;")
            case UInt8(ascii: ">"): tag("&gt;")
            case UInt8(ascii: "\""): tag("&quot;")
            case UInt8(ascii: "'"): tag("&#39;")
            case 0x0A where breaksLines: tag("<br>\n")
            case 0x09, 0x0A, 0x20...: output.append(byte)
            case 0x0D: output.append(0x20)
            // HTML has no place for the other control characters.
            default: tag("\u{FFFD}")
            }
        }
    }

    /// Takes back markup that turned out to hold nothing.
    mutating func truncate(to count: Int) {
        output.removeSubrange(count...)
    }

    func checkSize() throws(DoclingDocumentError) {
        guard output.count <= options.bytesMax else {
            throw DoclingDocumentError(.tooLarge, "the rendering is larger than \(options.bytesMax) bytes")
        }
    }

    // MARK: Nodes

    /// Shows the children of a node that were not shown yet.
    mutating func children(of id: DocumentTree.ID) throws(DoclingDocumentError) {
        if tree[id].kind == .picture, !options.includesPictureTexts { return }
        for child in tree[id].children { try node(child) }
    }

    /// Shows a node and what lies below it.
    mutating func node(_ id: DocumentTree.ID) throws(DoclingDocumentError) {
        guard !visited[id], !selection.captions.contains(id), !selection.footnotes.contains(id) else { return }
        visited[id] = true
        depth += 1
        defer { depth -= 1 }
        guard depth <= 2 * DocumentTree.depthMax else { throw DoclingDocumentError(.tooDeep, "items are nested too deep") }
        try checkSize()
        let isShown = selection.layers.contains(tree[id].layer) && !selection.excluded.contains(id)
        switch tree[id].kind {
        case .list where isShown: try list(id)
        case .inline where isShown: try inlineGroup(id)
        case .text where isShown: try block(id)
        case .table where isShown: try table(id)
        case .picture where isShown: try picture(id)
        case .keyValues where isShown, .form where isShown: try keyValues(id)
        default: try children(of: id)
        }
    }

    /// The caption of an item within the given element; nothing without one.
    mutating func captions(of id: DocumentTree.ID, in element: String) throws(DoclingDocumentError) {
        try bound(tree.captions(id), "<\(element) dir=\"auto\">", "</\(element)>\n")
    }

    mutating func footnotes(of id: DocumentTree.ID) throws(DoclingDocumentError) {
        try bound(tree.footnotes(id), "<p class=\"footnote\" dir=\"auto\">", "</p>\n")
    }

    private mutating func bound(_ texts: [DocumentTree.ID], _ start: String, _ end: String) throws(DoclingDocumentError) {
        var isFirst = true
        for id in texts where !visited[id] && selection.layers.contains(tree[id].layer) && !selection.excluded.contains(id) {
            guard let item = tree.text(id) else { continue }
            visited[id] = true
            tag(isFirst ? start : " ")
            isFirst = false
            inline(item)
            if !tree[id].children.isEmpty { tag(" ") }
            for child in tree[id].children { try inlineNode(child) }
        }
        if !isFirst { tag(end) }
    }

    mutating func markVisited(_ id: DocumentTree.ID) -> Bool {
        defer { visited[id] = true }
        return !visited[id]
    }

    mutating func grid(of data: TableData) throws(DoclingDocumentError) -> TableGrid {
        let grid = try data.grid()
        slotsLeft -= grid.rowCount * grid.columnCount
        guard slotsLeft >= 0 else { throw DoclingDocumentError(.tooLarge, "the tables declare too many cells in total") }
        return grid
    }
}
