import DoclingDocument

extension SlideReader {
    /// A list that is open while the paragraphs of a shape are read.
    private struct OpenList {
        var level: Int
        var group: Reference
        var lastItem: Reference
        var count = 0
    }

    /// Adds the paragraphs of a shape that are not blank.
    mutating func addText(of shape: XMLElement, box: BoundingBox) throws(FormatFailure) {
        guard let body = shape.child("txBody") else { return }
        let placeholder = SlidePlaceholder(of: shape)
        let paragraphs = body.children.filter { $0.name.local == "p" }.map { SlideParagraph($0, relationships: relationships) }
            .filter { !$0.text.isBlank }
        guard !paragraphs.isEmpty else { return }
        let text = paragraphs.map(\.text.trimmed).joined(separator: " ")
        let prov = [Provenance(pageNumber: pageNumber, bbox: box, text: text)]
        switch placeholder?.type {
        case "title", "ctrTitle":
            try budget.spendItem()
            document.addTitle(text, prov: prov, parent: group)
        case "subTitle":
            try budget.spendItem()
            document.addHeading(text, level: 1, prov: prov, parent: group)
        case "dt", "ftr", "sldNum", "hdr":
            try budget.spendItem()
            if placeholder?.type == "hdr" { document.addPageHeader(text, prov: prov) } else { document.addPageFooter(text, prov: prov) }
        default: try addBody(paragraphs, of: shape, placeholder: placeholder, box: box)
        }
    }

    private mutating func addBody(
        _ paragraphs: [SlideParagraph], of shape: XMLElement, placeholder: SlidePlaceholder?, box: BoundingBox
    ) throws(FormatFailure) {
        let styles = listStyles(of: shape, placeholder)
        var lists: [OpenList] = []
        for paragraph in paragraphs {
            let text = paragraph.text.trimmed
            let prov = [Provenance(pageNumber: pageNumber, bbox: box, text: text)]
            let bullet = bullet(of: paragraph, styles)
            try budget.spendItem()
            if bullet == .none {
                lists = []
                document.addText(text, label: .paragraph, prov: prov, parent: group, hyperlink: paragraph.hyperlink)
                continue
            }
            try openList(at: paragraph.level, &lists)
            var list = lists.removeLast()
            var isNumbered = false
            if case .number(_, let start) = bullet {
                isNumbered = true
                list.count = list.count == 0 ? start : list.count.addingReportingOverflow(1).partialValue
            }
            list.lastItem = document.addListItem(
                text, in: list.group, enumerated: isNumbered, marker: bullet.marker(list.count), prov: prov,
                hyperlink: paragraph.hyperlink)
            lists.append(list)
        }
    }

    /// Leaves the list of this level on top; a deeper one belongs to the last item of the one around it.
    private mutating func openList(at level: Int, _ lists: inout [OpenList]) throws(FormatFailure) {
        while lists.count > 1, let last = lists.last, last.level > level { lists.removeLast() }
        guard lists.last.map({ level > $0.level }) ?? true else { return }
        try budget.spendItem()
        let list = document.addList(parent: lists.last?.lastItem ?? group)
        lists.append(OpenList(level: level, group: list, lastItem: list))
    }

    /// The styles of lists that the paragraphs of a shape inherit from, the nearest first.
    private func listStyles(of shape: XMLElement, _ placeholder: SlidePlaceholder?) -> [XMLElement] {
        let bases = placeholder.map(design.bases) ?? []
        let styles = ([shape] + bases).map { $0.descendant("txBody", "lstStyle") } + [design.textStyle(of: placeholder)]
        return styles.compactMap { $0 }
    }

    private func bullet(of paragraph: SlideParagraph, _ styles: [XMLElement]) -> SlideBullet {
        if let bullet = SlideBullet(paragraph.properties) { return bullet }
        let name = "lvl\(paragraph.level + 1)pPr"
        return styles.lazy.compactMap { SlideBullet($0.child(name)) }.first ?? .none
    }
}
