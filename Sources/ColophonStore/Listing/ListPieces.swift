import ColophonCore

/// A stretch of an index that a list walks along; a list is made of one to three, one after the other.
struct ListPiece {
    /// What bounds it, by the index.
    var conditions: [SQLFragment]
    var order: SQLFragment
}

/// Where a list goes on: what its last document had in each column of the order.
struct ListPlace {
    var values: [ListColumn: SortValue]

    init(_ cursor: DocumentCursor) {
        values = Dictionary(zip(cursor.sort.map { ListColumn($0.id) }, cursor.values)) { first, _ in first }
        values[.id] = .text(cursor.id.rawValue)
    }
}

/// An order that a list is in: columns, of which the last is the id.
struct ListOrdering {
    let columns: [ListOrder]

    /// - Parameter sort: Documents that are equal in it go by id, in the direction of its first column.
    init(_ sort: [SortKey], lifecycle: DocumentQuery.Lifecycle) {
        var columns: [ListOrder] = []
        for key in sort + [SortKey(.id, isDescending: sort[0].isDescending)] {
            let column = ListColumn(key.id)
            // No living document has it.
            if column == .deletedAt && lifecycle == .active { continue }
            columns.append(ListOrder(column: column, isDescending: key.isDescending))
            if column == .id { break }
        }
        self.columns = columns
    }

    init(columns: [ListOrder]) { self.columns = columns }

    var first: ListOrder { columns[0] }
    var rest: ListOrdering { ListOrdering(columns: Array(columns.dropFirst())) }

    /// Whether the index of its first column has it, from one end or the other.
    var isOfIndex: Bool { columns.count == 1 || (columns.count == 2 && columns[1].isDescending == first.isDescending) }

    /// The whole order, null last, of rows that are named by `table`.
    func words(of table: String) -> String {
        columns.map { "\(table).\($0.column.rawValue) \($0.word) NULLS LAST" }.joined(separator: ", ")
    }

    /// The order as the first column's index goes; what follows it is sorted among rows that are equal in it.
    private var walkingWords: String {
        if isOfIndex { return columns.map { "\($0.column.sql) \($0.word)" }.joined(separator: ", ") }
        return (["\(first.column.sql) \(first.word)"] + [rest.hiddenWords]).joined(separator: ", ")
    }

    /// So that no other index is taken for it.
    private var hiddenWords: String { columns.map { "\($0.column.hidden) \($0.word) NULLS LAST" }.joined(separator: ", ") }

    /// The stretches of the first column's index behind a place.
    func pieces(after place: ListPlace?) -> [ListPiece] {
        let column = first.column.sql
        let nulls = first.column.isNullable ? SQLFragment("\(column) IS NULL") : nil
        let known = first.column.isNullable ? [SQLFragment("\(column) IS NOT NULL")] : []
        let ending = nulls.map { [ListPiece(conditions: [$0], order: SQLFragment(rest.hiddenWords))] } ?? []
        guard let place, let value = place.values[first.column] else {
            return [ListPiece(conditions: known, order: SQLFragment(walkingWords))] + ending
        }
        if value == .null {
            guard let nulls else { return [] }
            return [ListPiece(conditions: [nulls, rest.behind(place)], order: SQLFragment(rest.hiddenWords))]
        }
        let further = SQLFragment("\(column) \(first.isAfter) ?", [value.sql])
        if columns.count == 1 { return [ListPiece(conditions: [further], order: SQLFragment(walkingWords))] }
        if isOfIndex {
            let id = place.values[.id] ?? .null
            let condition = SQLFragment("(\(column), files.id) \(first.isAfter) (?, ?)", [value.sql, id.sql])
            return [ListPiece(conditions: known + [condition], order: SQLFragment(walkingWords))] + ending
        }
        let equal = SQLFragment("\(column) = ?", [value.sql])
        return [
            ListPiece(conditions: [equal, rest.behind(place)], order: SQLFragment(rest.hiddenWords)),
            ListPiece(conditions: [further], order: SQLFragment(walkingWords)),
        ] + ending
    }

    /// Whether a row stands behind a place, by no index.
    func behind(_ place: ListPlace) -> SQLFragment {
        let column = first.column.hidden
        let value = place.values[first.column] ?? .null
        let isLast = columns.count == 1
        if value == .null {
            // Null is last: only those stand behind that are null, too.
            return isLast ? SQLFragment("1 = 0") : "(\(column) IS NULL AND " + rest.behind(place) + ")"
        }
        let further = SQLFragment("\(column) \(first.isAfter) ? OR \(column) IS NULL", [value.sql])
        if isLast { return "(" + further + ")" }
        return "(" + further + " OR (" + SQLFragment("\(column) = ? AND ", [value.sql]) + rest.behind(place) + "))"
    }
}

extension ListColumn {
    /// The column in an expression, in which no index knows it.
    var hidden: String {
        switch self {
        case .id, .source, .nameKey: "(\(sql) || '')"
        default: "(\(sql) + 0)"
        }
    }
}
