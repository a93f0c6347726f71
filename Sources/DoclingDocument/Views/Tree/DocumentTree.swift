/// The tree of a document as the views walk it: every node once, under one parent, with no loops.
///
/// The references of a document are whatever its source wrote. Here a node stays where the walk from the body first
/// meets it; further references to it as a child, dangling ones and loops are dropped. Nodes that no root reaches keep
/// their own children, for they may be named by a rich cell of a table or as a caption.
/// Cost: O(nodes + references).
struct DocumentTree {
    typealias ID = Int

    enum Kind: UInt8 {
        case group, list, inline, text, table, picture, keyValues, form, field
    }

    struct Node {
        let path: NodePath?
        let kind: Kind
        let layer: ContentLayer
        var parent: ID?
        var children: [ID] = []
    }

    let document: DoclingDocument
    private(set) var nodes: [Node] = []
    /// Which child of its parent each node is, from 0.
    private(set) var positions: [Int] = []
    private let offsets: [Int]

    static let body: ID = 0
    /// How deep nodes may lie within each other; documents of the wild have fewer than 30 levels.
    static let depthMax = 200

    /// - Throws: `tooDeep`.
    init(_ document: DoclingDocument) throws(DoclingDocumentError) {
        self.document = document
        let lists: [NodePath.List] = [
            .body, .furniture, .groups, .texts, .pictures, .tables, .keyValueItems, .formItems, .fieldRegions, .fieldItems,
        ]
        var offsets: [Int] = []
        var count = 0
        for list in lists {
            offsets.append(count)
            count += document.count(of: list)
        }
        self.offsets = offsets
        nodes.reserveCapacity(count)
        for list in lists {
            for index in 0..<document.count(of: list) { nodes.append(DocumentTree.node(at: NodePath(list, index), in: document)) }
        }
        var claimed = [Bool](repeating: false, count: nodes.count)
        for id in nodes.indices where !claimed[id] { try claim(from: id, &claimed) }
        adoptStrayListItems()
        positions = [Int](repeating: 0, count: nodes.count)
        for node in nodes {
            for (position, child) in node.children.enumerated() { positions[child] = position }
        }
    }

    /// The node that a reference names.
    func id(of reference: Reference) -> ID? {
        document.path(of: reference).map { offsets[Int($0.list.rawValue)] + $0.index }
    }

    subscript(id: ID) -> Node { nodes[id] }

    // MARK: Items

    func text(_ id: ID) -> TextItem? {
        guard let path = nodes[id].path, path.list == .texts else { return nil }
        return document.texts[path.index]
    }

    func table(_ id: ID) -> TableItem? {
        guard let path = nodes[id].path, path.list == .tables else { return nil }
        return document.tables[path.index]
    }

    func picture(_ id: ID) -> PictureItem? {
        guard let path = nodes[id].path, path.list == .pictures else { return nil }
        return document.pictures[path.index]
    }

    // MARK: Building

    /// Hangs the children of a root below it, depth first.
    private mutating func claim(from root: ID, _ claimed: inout [Bool]) throws(DoclingDocumentError) {
        claimed[root] = true
        var open: [(id: ID, references: [Reference], next: Int)] = [(root, references(of: root), 0)]
        while let (parent, references, next) = open.last {
            guard next < references.count else {
                open.removeLast()
                continue
            }
            open[open.count - 1].next += 1
            guard let child = id(of: references[next]), !claimed[child] else { continue }
            claimed[child] = true
            nodes[parent].children.append(child)
            nodes[child].parent = parent
            guard open.count < DocumentTree.depthMax else {
                throw DoclingDocumentError(.tooDeep, "more than \(DocumentTree.depthMax) nested items")
            }
            open.append((child, self.references(of: child), 0))
        }
    }

    private func references(of id: ID) -> [Reference] {
        guard let path = nodes[id].path else { return [] }
        return switch path.list {
        case .body: document.body.children
        case .furniture: document.furniture.children
        case .groups: document.groups[path.index].children
        case .texts: document.texts[path.index].children
        case .pictures: document.pictures[path.index].children
        case .tables: document.tables[path.index].children
        case .keyValueItems: document.keyValueItems[path.index].children
        case .formItems: document.formItems[path.index].children
        case .fieldRegions: document.fieldRegions[path.index].children
        case .fieldItems: document.fieldItems[path.index].children
        }
    }

    private static func node(at path: NodePath, in document: DoclingDocument) -> Node {
        func node(_ kind: Kind, _ layer: ContentLayer) -> Node { Node(path: path, kind: kind, layer: layer) }
        switch path.list {
        case .body: return node(.group, document.body.contentLayer)
        case .furniture: return node(.group, document.furniture.contentLayer)
        case .groups:
            let group = document.groups[path.index]
            return node(group.isList ? .list : group.label == .inline ? .inline : .group, group.contentLayer)
        case .texts:
            let text = document.texts[path.index]
            // Version 1.0.0 had no layers: what repeats on pages was known by its label alone.
            let repeats = document.version == "1.0.0" && (text.label == .pageHeader || text.label == .pageFooter)
            return node(.text, repeats ? .furniture : text.contentLayer)
        case .pictures: return node(.picture, document.pictures[path.index].contentLayer)
        case .tables: return node(.table, document.tables[path.index].contentLayer)
        case .keyValueItems: return node(.keyValues, document.keyValueItems[path.index].contentLayer)
        case .formItems: return node(.form, document.formItems[path.index].contentLayer)
        case .fieldRegions: return node(.field, document.fieldRegions[path.index].contentLayer)
        case .fieldItems: return node(.field, document.fieldItems[path.index].contentLayer)
        }
    }

    /// Puts items of lists that lie in no list into one, as docling-core does when it loads a document.
    ///
    /// An item joins the run of its predecessor when that one was a stray child of the body.
    private mutating func adoptStrayListItems() {
        var runs: [[ID]] = []
        var previous: ID?
        forEachNode(below: DocumentTree.body) { id in
            if isStrayListItem(id) {
                if let previous, isStrayListItem(previous), nodes[previous].parent ?? DocumentTree.body == DocumentTree.body {
                    runs[runs.count - 1].append(id)
                } else {
                    runs.append([id])
                }
            }
            previous = id
        }
        guard !runs.isEmpty else { return }
        var listOf: [ID: ID] = [:]
        for run in runs {
            let list = nodes.count
            nodes.append(Node(path: nil, kind: .list, layer: .body, parent: nodes[run[0]].parent, children: run))
            for item in run { listOf[item] = list }
        }
        for parent in Set(runs.joined().compactMap { nodes[$0].parent }) {
            nodes[parent].children = nodes[parent].children.compactMap { child in
                guard let list = listOf[child] else { return child }
                return nodes[list].children.first == child ? list : nil
            }
        }
        for (item, list) in listOf { nodes[item].parent = list }
    }

    private func isStrayListItem(_ id: ID) -> Bool {
        guard let path = nodes[id].path, path.list == .texts, document.texts[path.index].label == .listItem else { return false }
        return nodes[id].parent.map { nodes[$0].kind != .list } ?? true
    }
}

extension DocumentTree {
    /// Calls `visit` for a node and all below it, parents before children.
    func forEachNode(below root: ID, _ visit: (ID) -> Void) {
        var open = [root]
        while let id = open.popLast() {
            visit(id)
            open.append(contentsOf: nodes[id].children.reversed())
        }
    }
}

extension NodePath {
    init(_ list: List, _ index: Int) {
        self.list = list
        self.index = index
    }
}
