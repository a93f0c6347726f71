/// Which nodes of a tree a view shows, and which of them appear with another item instead of on their own.
struct DocumentSelection {
    let layers: Set<ContentLayer>
    /// Captions that an item of the tree binds.
    private(set) var captions: Set<DocumentTree.ID> = []
    /// Footnotes that an item of the tree binds.
    private(set) var footnotes: Set<DocumentTree.ID> = []
    /// What lies below such captions: it is shown with them and must not appear again.
    private(set) var belowCaptions: Set<DocumentTree.ID> = []
    /// Items that are not shown: of another page, under a label that is never shown, or in the cells of such a table.
    private(set) var excluded: Set<DocumentTree.ID> = []

    /// Labels that docling-core leaves out of its exports.
    private static let hiddenLabels: Set<DocItemLabel> = [.chart, .gradingScale]

    /// - Parameter pageNumber: Show only items first found on this page.
    init(_ tree: DocumentTree, pageNumber: Int?, layers: Set<ContentLayer>) {
        self.layers = layers
        var captions: Set<DocumentTree.ID> = []
        var footnotes: Set<DocumentTree.ID> = []
        var excluded: Set<DocumentTree.ID> = []
        tree.forEachNode(below: DocumentTree.body) { id in
            captions.formUnion(tree.captions(id))
            footnotes.formUnion(tree.footnotes(id))
            guard let label = tree.label(id), layers.contains(tree[id].layer) else { return }
            let otherPage = pageNumber.map { tree.pageNumber(id) != $0 } ?? false
            if otherPage || DocumentSelection.hiddenLabels.contains(label) { excluded.insert(id) }
        }
        var below: Set<DocumentTree.ID> = []
        for caption in captions where !below.contains(caption) {
            tree.forEachNode(below: caption) { if $0 != caption { below.insert($0) } }
        }
        for (index, table) in tree.document.tables.enumerated() {
            guard let id = tree.id(of: Reference("#/tables/\(index)")) else { continue }
            guard excluded.contains(id) || !layers.contains(table.contentLayer) else { continue }
            excluded.insert(id)
            for content in Set(table.data.cells.compactMap(\.content).compactMap(tree.id(of:))) {
                tree.forEachNode(below: content) { excluded.insert($0) }
            }
        }
        self.captions = captions
        self.footnotes = footnotes
        self.belowCaptions = below
        self.excluded = excluded
    }
}
