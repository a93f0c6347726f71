import DoclingDocument

extension SlideReader {
    /// Shapes whose tops differ by no more than this stand in one row, in EMUs; docling's number.
    private static let rowTolerance = 45_720.0

    private struct Shape {
        var element: XMLElement
        /// `nil` for shapes that do not say where they are, which come last.
        var box: BoundingBox?
        var order: Int
    }

    /// Adds the shapes of a slide or group from top to bottom, and from left to right where they stand in a row.
    mutating func readShapes(of tree: XMLElement, frame: SlideFrame) throws(FormatFailure) {
        var shapes: [Shape] = []
        for element in tree.effectiveChildren where ["sp", "pic", "graphicFrame", "grpSp"].contains(element.name.local) {
            shapes.append(Shape(element: element, box: box(of: element, frame: frame), order: shapes.count))
        }
        shapes.sort { ($0.box?.top ?? .infinity, $0.order) < ($1.box?.top ?? .infinity, $1.order) }
        var start = 0
        while start < shapes.count {
            var end = start + 1
            while end < shapes.count, isInRow(shapes[end - 1].box, shapes[end].box) { end += 1 }
            shapes[start..<end].sort { ($0.box?.left ?? .infinity, $0.order) < ($1.box?.left ?? .infinity, $1.order) }
            start = end
        }
        for shape in shapes { try read(shape.element, box: shape.box, frame: frame) }
    }

    private func isInRow(_ upper: BoundingBox?, _ lower: BoundingBox?) -> Bool {
        guard let upper, let lower else { return upper == nil && lower == nil }
        return lower.top - upper.top <= Self.rowTolerance
    }

    private func box(of shape: XMLElement, frame: SlideFrame) -> BoundingBox? {
        switch shape.name.local {
        case "graphicFrame": return frame.box(shape.child("xfrm"))
        case "grpSp": return frame.box(shape.descendant("grpSpPr", "xfrm"))
        default:
            if let box = frame.box(shape.descendant("spPr", "xfrm")) { return box }
            guard let placeholder = SlidePlaceholder(of: shape) else { return nil }
            return design.bases(of: placeholder).lazy.compactMap { frame.box($0.descendant("spPr", "xfrm")) }.first
        }
    }

    private mutating func read(_ shape: XMLElement, box: BoundingBox?, frame: SlideFrame) throws(FormatFailure) {
        let box = box ?? BoundingBox(left: 0, top: 0, right: size.width, bottom: size.height)
        switch shape.name.local {
        case "grpSp": try readShapes(of: shape, frame: SlideFrame(shape.descendant("grpSpPr", "xfrm"), within: frame))
        case "pic": try addPicture(box)
        case "graphicFrame":
            if let table = shape.descendant("graphic", "graphicData", "tbl") {
                try addTable(table, box: box)
            } else if let data = shape.descendant("graphic", "graphicData"), !data.children.isEmpty {
                // A chart, a diagram or something embedded, which shows as a picture.
                try addPicture(box)
            }
        default: try addText(of: shape, box: box)
        }
    }

    private mutating func addPicture(_ box: BoundingBox) throws(FormatFailure) {
        try budget.spendItem()
        document.addPicture(prov: [Provenance(pageNumber: pageNumber, bbox: box, text: "")], parent: group)
    }

    private mutating func addTable(_ element: XMLElement, box: BoundingBox) throws(FormatFailure) {
        let rows = element.children.filter { $0.name.local == "tr" }.map { $0.children.filter { $0.name.local == "tc" } }
        let columnCount = rows.map(\.count).max() ?? 0
        var cells: [TableCell] = []
        for (row, elements) in rows.enumerated() {
            for (column, element) in elements.enumerated() where element.isMergedSlot == false {
                let lines = element.child("txBody")?.children.filter { $0.name.local == "p" } ?? []
                let text = lines.map { SlideParagraph($0, relationships: relationships).text.trimmed }.joined(separator: "\n").trimmed
                var cell = TableCell(
                    text, row: row, column: column,
                    rowSpan: min(max(element.attributes.integer("rowSpan") ?? 1, 1), rows.count - row),
                    columnSpan: min(max(element.attributes.integer("gridSpan") ?? 1, 1), columnCount - column))
                cell.isColumnHeader = row == 0
                cells.append(cell)
            }
        }
        guard cells.contains(where: { !$0.text.isEmpty }) else { return }
        try budget.spendTable(rowCount: rows.count, columnCount: columnCount)
        document.addTable(
            TableData(cells: cells, rowCount: rows.count, columnCount: columnCount),
            prov: [Provenance(pageNumber: pageNumber, bbox: box, text: "")], parent: group)
    }
}

extension XMLElement {
    /// Whether the cell of a table is covered by one to the left or above.
    fileprivate var isMergedSlot: Bool {
        ["hMerge", "vMerge"].contains { name in self[name].map { $0 == "1" || $0 == "true" } ?? false }
    }
}
