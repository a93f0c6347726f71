/// The elements and texts of a page; nodes name each other by their index, 0 is the root.
struct HTMLTree {
    /// How deep elements nest at most; those further in become siblings, so that walking the tree needs a bounded stack.
    static let depthMax = 256

    var nodes: [Node] = [Node(tag: .root)]
    /// What the first `title` says.
    var title: [UInt8]?

    struct Node {
        var tag: HTMLTag
        /// Of a text.
        var text: [UInt8] = []
        var attributes: [HTMLAttribute] = []
        var firstChild: Int32 = -1
        var lastChild: Int32 = -1
        var nextSibling: Int32 = -1
    }

    /// The children of a node, those left out that show nothing.
    func children(of node: Int) -> Children {
        Children(tree: self, upcoming: nodes[node].firstChild)
    }

    func attribute(_ name: HTMLAttribute.Name, of node: Int) -> [UInt8]? {
        nodes[node].attributes.first { $0.name == name }?.value
    }

    /// Whether the page hides the node or it is of a kind that shows no text.
    func isDropped(_ node: Int) -> Bool {
        let tag = nodes[node].tag
        if tag.isDropped { return true }
        guard !nodes[node].attributes.isEmpty else { return false }
        if attribute(.hidden, of: node) != nil || attribute(.ariaHidden, of: node)?.trimmed.string == "true" { return true }
        guard let style = attribute(.style, of: node) else { return false }
        let compact = style.filter { !$0.isASCIISpace }.map(\.lowercasedASCII)
        return compact.split(separator: UInt8(ascii: ";")).contains {
            $0.starts(with: "display:none".utf8) || $0.starts(with: "visibility:hidden".utf8)
        }
    }

    struct Children: Sequence, IteratorProtocol {
        let tree: HTMLTree
        var upcoming: Int32

        mutating func next() -> Int? {
            while upcoming >= 0 {
                let node = Int(upcoming)
                upcoming = tree.nodes[node].nextSibling
                if !tree.isDropped(node) { return node }
            }
            return nil
        }
    }

    /// Whether anything below a node satisfies a condition; what lies within elements of the tags given is not looked at.
    func contains(below node: Int, outside borders: Set<HTMLTag>, where matches: (HTMLTag) -> Bool) -> Bool {
        for child in children(of: node) {
            let tag = nodes[child].tag
            if matches(tag) { return true }
            guard nodes[child].firstChild >= 0, !borders.contains(tag) else { continue }
            if contains(below: child, outside: borders, where: matches) { return true }
        }
        return false
    }
}
