import DoclingDocument

extension WordReader {
    /// Adds an item to the list that is open at its place, or opens one; blank items count but are left out.
    mutating func addListItem(_ paragraph: WordParagraph, at place: WordListPlace) throws(FormatFailure) {
        let marker = numbering.nextMarker(place)
        let pieces = paragraph.pieces
        guard let first = pieces.first else { return }
        let list = try openList(at: place)
        try budget.spendItem()
        let isNumbered = numbering.isNumbered(place)
        guard pieces.count > 1 || first.isFormula else {
            document.addListItem(
                first.text, in: list, enumerated: isNumbered, marker: marker, formatting: first.formatting, hyperlink: first.hyperlink)
            return
        }
        // As docling does: the item itself is empty and holds its pieces.
        let item = document.addListItem("", in: list, enumerated: isNumbered, marker: marker)
        try addPieces(pieces, label: .text, parent: item)
    }

    private mutating func openList(at place: WordListPlace) throws(FormatFailure) -> Reference {
        while let last = lists.last, last.place.level > place.level { lists.removeLast() }
        if let last = lists.last, last.place.level == place.level {
            if last.place.list == place.list { return last.group }
            lists.removeLast()
        }
        try budget.spendItem()
        let group = document.addList(parent: lists.last?.group ?? parent)
        lists.append((place, group))
        return group
    }
}
