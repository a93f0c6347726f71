extension DoclingDocument {
    /// Makes `child` the last child of a node of this document.
    ///
    /// That the node is one of this document is up to the caller: references come from the methods that add items.
    mutating func append(_ child: Reference, to parent: Reference) {
        guard let path = path(of: parent) else { preconditionFailure("the parent is no node of this document") }
        switch path.list {
        case .body: body.children.append(child)
        case .furniture: furniture.children.append(child)
        case .groups: groups[path.index].children.append(child)
        case .texts: texts[path.index].children.append(child)
        case .pictures: pictures[path.index].children.append(child)
        case .tables: tables[path.index].children.append(child)
        case .keyValueItems: keyValueItems[path.index].children.append(child)
        case .formItems: formItems[path.index].children.append(child)
        case .fieldRegions: fieldRegions[path.index].children.append(child)
        case .fieldItems: fieldItems[path.index].children.append(child)
        }
    }

    /// Gives a node its place in the tree and the place where it was found.
    func wire<Node: DocItem>(_ node: inout Node, parent: Reference?, prov: [Provenance], layer: ContentLayer) {
        node.parent = parent ?? Reference("#/body")
        node.prov = prov
        node.contentLayer = layer
    }
}

extension Provenance {
    /// A place that holds all of a text.
    public init(pageNumber: Int, bbox: BoundingBox, text: String) {
        self.init(pageNumber: pageNumber, bbox: bbox, charSpan: CharSpan(0, text.unicodeScalars.count))
    }
}
