package import DoclingDocument

/// A part of a result, in the words of the document routes.
package struct ResultNode: Sendable, Equatable {
    /// The JSON pointer to it in the structure that is exported.
    package var id: String
    package var kind: Kind
    /// The structure's own word for it; nil where it has none.
    package var label: String?
    package var text: String?
    /// From 1; nil where it lies on none.
    package var pageNumber: Int?
    /// In the units of the page's size.
    package var box: BoundingBox?

    package enum Kind: String, CaseIterable, Sendable {
        case document, page, table, row, cell, text, figure, header, footer
    }
}

/// Some of a result's nodes, and how many there are.
package struct ResultNodes: Sendable, Equatable {
    package private(set) var nodes: [ResultNode] = []
    /// How many of the kind that was asked for.
    package private(set) var total = 0
    private let kind: ResultNode.Kind?
    private let wanted: Range<Int>

    /// Walks over the document, its pages, and its items in reading order, each table followed by its rows and cells. Items that nothing refers
    /// to come last; graphs of keys and values have no word among the kinds and are left out.
    ///
    /// - Parameters:
    ///   - kind: Nil takes all.
    ///   - wanted: Which of them, counted from 0.
    /// - Complexity: O(size of the document); only those wanted are kept.
    package init(of document: DoclingDocument, kind: ResultNode.Kind?, wanted: Range<Int>) {
        (self.kind, self.wanted) = (kind, wanted)
        add(ResultNode(id: "#/body", kind: .document, label: nil, text: document.name))
        for (number, page) in document.pages.sorted(by: { $0.key < $1.key }) {
            let box = BoundingBox(left: 0, top: 0, right: page.size.width, bottom: page.size.height)
            add(ResultNode(id: "#/pages/\(number)", kind: .page, label: nil, text: nil, pageNumber: number, box: box))
        }
        var seen: Set<String> = []
        addItems(of: document, below: document.body.children, seen: &seen)
        addItems(of: document, below: document.furniture.children, seen: &seen)
        addItems(of: document, below: document.texts.indices.map { Reference("#/texts/\($0)") }, seen: &seen)
        addItems(of: document, below: document.tables.indices.map { Reference("#/tables/\($0)") }, seen: &seen)
        addItems(of: document, below: document.pictures.indices.map { Reference("#/pictures/\($0)") }, seen: &seen)
    }

    /// References are whatever the source wrote: each node counts once, loops and dangling ones are dropped.
    private mutating func addItems(of document: DoclingDocument, below roots: [Reference], seen: inout Set<String>) {
        var waiting = Array(roots.reversed())
        while let reference = waiting.popLast() {
            guard seen.insert(reference.pointer).inserted, let (list, index) = Self.place(reference.pointer) else { continue }
            switch list {
            case "groups":
                guard document.groups.indices.contains(index) else { continue }
                waiting += document.groups[index].children.reversed()
            case "texts":
                guard document.texts.indices.contains(index) else { continue }
                add(Self.node(reference.pointer, document.texts[index]))
                waiting += document.texts[index].children.reversed()
            case "pictures":
                guard document.pictures.indices.contains(index) else { continue }
                add(Self.node(reference.pointer, .figure, of: document.pictures[index]))
                waiting += document.pictures[index].children.reversed()
            case "tables":
                guard document.tables.indices.contains(index) else { continue }
                add(document.tables[index], at: reference.pointer)
                waiting += document.tables[index].children.reversed()
            default: continue
            }
        }
    }

    private mutating func add(_ table: TableItem, at pointer: String) {
        add(Self.node(pointer, .table, of: table))
        let page = table.prov.first?.pageNumber
        let cells = table.data.cells.enumerated().sorted {
            ($0.element.startRow, $0.element.startColumn, $0.offset) < ($1.element.startRow, $1.element.startColumn, $1.offset)
        }
        var rest = cells[...]
        while let first = rest.first {
            let row = rest.prefix { $0.element.startRow == first.element.startRow }
            rest = rest.dropFirst(row.count)
            add(
                ResultNode(
                    id: "\(pointer)/data/grid/\(first.element.startRow)", kind: .row, label: nil,
                    text: row.map(\.element.text).joined(separator: "\t"), pageNumber: page))
            for (offset, cell) in row {
                add(
                    ResultNode(
                        id: "\(pointer)/data/table_cells/\(offset)", kind: .cell, label: nil, text: cell.text, pageNumber: page,
                        box: cell.bbox))
            }
        }
    }

    private mutating func add(_ node: ResultNode) {
        guard kind == nil || kind == node.kind else { return }
        if wanted.contains(total) { nodes.append(node) }
        total += 1
    }

    private static func node(_ pointer: String, _ item: TextItem) -> ResultNode {
        let kind: ResultNode.Kind =
            switch item.label {
            case .pageHeader: .header
            case .pageFooter: .footer
            default: .text
            }
        var node = node(pointer, kind, of: item)
        node.text = item.text
        return node
    }

    private static func node(_ pointer: String, _ kind: ResultNode.Kind, of item: some DocItem) -> ResultNode {
        let place = item.prov.first
        return ResultNode(
            id: pointer, kind: kind, label: item.label.rawValue, text: nil, pageNumber: place?.pageNumber, box: place?.bbox)
    }

    /// Where a pointer such as `#/texts/3` leads.
    private static func place(_ pointer: String) -> (list: Substring, index: Int)? {
        let parts = pointer.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "#", let index = Int(parts[2]) else { return nil }
        return (parts[1], index)
    }
}
