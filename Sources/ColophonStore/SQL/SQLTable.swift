/// Rows on their way into a statement, so that one statement can act on many things: `WITH name (columns) AS (VALUES …)`.
///
/// The list is filled up with rows of nulls, which match nothing, to the next of a few lengths: statements are cached by their text.
struct SQLTable {
    enum ColumnType: String {
        case text = "TEXT"
        case integer = "BIGINT"
    }

    /// The most rows of one table; more are given in several.
    static let rowsMax = 256

    /// The clause, to stand before SELECT, UPDATE or INSERT.
    let sql: String
    let values: [SQLValue]

    /// - Precondition: from 1 to `rowsMax` rows, each with a value for every column.
    init(_ name: String, _ columns: [(name: String, type: ColumnType)], _ rows: [[SQLValue]]) {
        precondition((1...Self.rowsMax).contains(rows.count), "a table has between one row and \(Self.rowsMax)")
        var length = 1
        while length < rows.count { length *= 2 }
        // The first row says the types; the server infers nothing from a list of placeholders.
        let first = "(" + columns.map { "CAST(? AS \($0.type.rawValue))" }.joined(separator: ", ") + ")"
        let other = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        let list = ([first] + Array(repeating: other, count: length - 1)).joined(separator: ", ")
        sql = "WITH \(name) (\(columns.map(\.name).joined(separator: ", "))) AS (VALUES \(list)) "
        let padding = [SQLValue](repeating: .null, count: columns.count * (length - rows.count))
        values = rows.flatMap { $0 } + padding
    }
}

extension Array {
    /// The elements in slices that each fit one table.
    var tables: [ArraySlice<Element>] {
        stride(from: 0, to: count, by: SQLTable.rowsMax).map { self[$0..<Swift.min($0 + SQLTable.rowsMax, count)] }
    }
}
