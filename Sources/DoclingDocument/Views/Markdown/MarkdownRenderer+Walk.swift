extension MarkdownRenderer {
    enum Step {
        case node(DocumentTree.ID)
        /// The number of the break in its walk.
        case pageBreak(Int)
    }

    /// The nodes of a subtree that belong to a shown layer, parents before children, with the breaks between pages.
    ///
    /// What lies within pictures is left out but for their captions, unless the options ask for it.
    mutating func walk(from root: DocumentTree.ID) throws(DoclingDocumentError) -> [Step] {
        var steps: [Step] = []
        var breaks = PageBreaks()
        var open = [root]
        while let id = open.popLast() {
            try spend(steps: 1)
            if selection.layers.contains(tree[id].layer) {
                if options.pageBreak != nil, let number = breaks.number(before: id, self) { steps.append(.pageBreak(number)) }
                steps.append(.node(id))
            }
            open.append(contentsOf: shownChildren(id).reversed())
        }
        return steps
    }

    private func shownChildren(_ id: DocumentTree.ID) -> [DocumentTree.ID] {
        guard tree[id].kind == .picture, !options.includesPictureTexts else { return tree[id].children }
        let captions = Set(tree.captions(id))
        return tree[id].children.filter(captions.contains)
    }

    /// The first item with a page in a subtree, and the lists and inline groups met on the way to it.
    fileprivate func firstPage(below root: DocumentTree.ID, _ groups: inout Set<DocumentTree.ID>) -> Int? {
        var open = [root]
        while let id = open.popLast() {
            if selection.layers.contains(tree[id].layer) {
                switch tree[id].kind {
                case .list, .inline: groups.insert(id)
                default: if let page = tree.pageNumber(id) { return page }
                }
            }
            open.append(contentsOf: shownChildren(id).reversed())
        }
        return nil
    }
}

/// Finds where a walk comes to another page: before the first item of it, or before the list that this item begins.
private struct PageBreaks {
    private var page: Int?
    private var count = 0
    private var groups: Set<DocumentTree.ID> = []

    mutating func number(before id: DocumentTree.ID, _ renderer: MarkdownRenderer) -> Int? {
        let kind = renderer.tree[id].kind
        if kind == .list || kind == .inline, !groups.contains(id) {
            guard let first = renderer.firstPage(below: id, &groups), let page, first > page else { return nil }
            // The item itself comes to the same break, which is shown once.
            return count
        }
        guard let next = renderer.tree.pageNumber(id), page.map({ next > $0 }) ?? true else { return nil }
        defer { page = next }
        guard page != nil else { return nil }
        defer { count += 1 }
        return count
    }
}
