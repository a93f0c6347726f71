/// An item, or a part of one, where it lies on a page.
package struct ItemPlace: Hashable, Sendable {
    package var selfRef: String
    package var label: DocItemLabel
    /// Of a text, the part of it that lies here; of a table, its cells' texts; else empty. Cut where it is too long.
    package var text: String
    /// Measured from the page's top left corner.
    package var box: BoundingBox
}

extension DoclingDocument {
    /// The places of all items on a page, in reading order, whatever their layer; then those of items that the tree does not reach.
    ///
    /// Boxes whose sides are no finite numbers are left out.
    ///
    /// - Parameters:
    ///   - textCharactersMax: What is longer is cut.
    ///   - limit: The most places; further ones are left out.
    /// - Throws: `tooDeep`.
    /// - Complexity: O(nodes + the texts of the page's items).
    package func places(pageNumber: Int, textCharactersMax: Int, limit: Int) throws(DoclingDocumentError) -> [ItemPlace] {
        guard let page = pages[pageNumber] else { return [] }
        let tree = try DocumentTree(self)
        var order: [DocumentTree.ID] = []
        var isSeen = [Bool](repeating: false, count: tree.nodes.count)
        for root in tree.nodes.indices where !isSeen[root] && tree[root].parent == nil {
            tree.forEachNode(below: root) { id in
                isSeen[id] = true
                order.append(id)
            }
        }
        var places: [ItemPlace] = []
        for id in order {
            let prov = tree.prov(id)
            guard let label = tree.label(id), let selfRef = tree.selfRef(id), prov.contains(where: { $0.pageNumber == pageNumber }) else {
                continue
            }
            let text = PlacedText(tree, id, isInParts: prov.count > 1, charactersMax: textCharactersMax)
            for part in prov where part.pageNumber == pageNumber {
                guard places.count < limit else { return places }
                let box = part.bbox.fromTopLeft(pageHeight: page.size.height)
                guard [box.left, box.top, box.right, box.bottom].allSatisfy(\.isFinite) else { continue }
                places.append(ItemPlace(selfRef: selfRef, label: label, text: text.part(part.charSpan), box: box))
            }
        }
        return places
    }
}

/// The text of an item by the places where it lies.
private struct PlacedText {
    /// The whole text, where it lies in several places.
    private var scalars: [Unicode.Scalar] = []
    /// Its beginning, where it lies in one.
    private var beginning = ""
    private let charactersMax: Int

    init(_ tree: DocumentTree, _ id: DocumentTree.ID, isInParts: Bool, charactersMax: Int) {
        self.charactersMax = charactersMax
        if let item = tree.text(id) {
            if isInParts { scalars = Array(item.text.unicodeScalars) } else { beginning = String(item.text.prefix(charactersMax)) }
        } else if let table = tree.table(id) {
            for cell in table.data.cells where !cell.text.isEmpty {
                beginning += (beginning.isEmpty ? "" : " ") + cell.text.prefix(charactersMax)
                guard beginning.count < charactersMax else { break }
            }
            beginning = String(beginning.prefix(charactersMax))
        }
    }

    func part(_ span: CharSpan) -> String {
        guard !scalars.isEmpty else { return beginning }
        let start = min(max(span.start, 0), scalars.count)
        let end = min(max(span.end, start), scalars.count)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<end].prefix(charactersMax * 4))
        return String(String(text).prefix(charactersMax))
    }
}
