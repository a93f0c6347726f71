/// A block of a page, as the document's author structured it (ISO 32000-1, 14.8.4).
struct TaggedElement: Equatable {
    enum Role: Equatable {
        case paragraph
        /// From 1; nil for a heading that does not tell its level.
        case heading(level: Int?)
        case listItem
        case caption
        case footnote
        case code
        /// A cell of a table, by the places of both.
        case cell(table: Int, cell: Int)
        /// Something that geometry knows better: a figure's labels, a form's field.
        case other
    }

    var role: Role
}

/// A table as its author structured it.
struct TaggedTable: Equatable {
    struct Cell: Equatable {
        var row: Int
        var column: Int
        var rowSpan: Int
        var columnSpan: Int
        var isHeader: Bool
    }

    var rows = 0
    var columns = 0
    var cells: [Cell] = []
}
