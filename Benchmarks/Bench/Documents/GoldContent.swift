import DoclingDocument

/// What a document holds, as far as two readings of one source are compared.
struct GoldContent {
    /// The longest documents whose order is compared: the cost grows with the square.
    static let itemsMax = 5_000

    /// A text, a table or a picture.
    struct Item: Hashable {
        /// With the layer before it, where that is not the body.
        var label: String
        /// In one line; empty for tables and pictures.
        var text: String
    }

    /// In the order of the tree, the body first.
    private(set) var items: [Item] = []
    /// The cells of each table, in the same order.
    private(set) var tables: [[TableCell]] = []

    init(_ document: DoclingDocument) {
        // References may be wrong in any way; each node counts once.
        var seen: Set<String> = []
        var open: [any NodeItem] = [document.furniture, document.body]
        while let node = open.popLast() {
            guard seen.insert(node.selfRef).inserted else { continue }
            add(node)
            for child in node.children.reversed() {
                if let next = document.node(at: child) { open.append(next) }
            }
        }
    }

    private mutating func add(_ node: any NodeItem) {
        switch node {
        case let text as TextItem: add(text.label, in: text.contentLayer, text.text)
        case let picture as PictureItem: add(picture.label, in: picture.contentLayer, "")
        case let table as TableItem:
            add(table.label, in: table.contentLayer, "")
            tables.append(table.data.cells)
        default: return
        }
    }

    private mutating func add(_ label: DocItemLabel, in layer: ContentLayer, _ text: String) {
        let prefix = layer == .body ? "" : "\(layer.rawValue) "
        items.append(Item(label: prefix + label.rawValue, text: GoldContent.line(text)))
    }

    /// The text with each run of white space as one space, and none at its ends.
    static func line(_ text: String) -> String {
        text.split(whereSeparator: { $0.isWhitespace }).joined(separator: " ")
    }
}
