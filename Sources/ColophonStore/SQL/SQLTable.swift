/// Rows on their way into a statement, so that one statement can act on many things: `WITH name (columns) AS (…)`.
///
/// PostgreSQL is given one list for each column, and its text has no length. SQLite, which knows no lists, is given `VALUES`, filled up with
/// rows of nulls, which match nothing, to the next of a few lengths: statements are cached by their text.
struct SQLTable {
    /// The most rows of one table; more are given in several.
    static let rowsMax = 1024

    /// The clause, to stand before SELECT, UPDATE or INSERT.
    let sql: String
    let values: [SQLValue]

    /// - Precondition: from 1 to `rowsMax` rows, each with a value for every column.
    init(_ dialect: SQLDialect, _ name: String, _ columns: [(name: String, type: SQLType)], _ rows: [[SQLValue]]) {
        precondition((1...Self.rowsMax).contains(rows.count), "a table has between one row and \(Self.rowsMax)")
        let head = "WITH \(name) (\(columns.map(\.name).joined(separator: ", "))) AS "
        switch dialect {
        case .postgres:
            let lists = columns.map { "CAST(? AS \(Self.name($0.type, in: dialect))[])" }.joined(separator: ", ")
            sql = head + "(SELECT * FROM unnest(\(lists))) "
            values = columns.enumerated().map { index, column in .list(rows.map { $0[index] }, column.type) }
        case .sqlite:
            var length = 1
            while length < rows.count { length *= 2 }
            // The first row says the types; nothing is inferred from a list of placeholders.
            let first = "(" + columns.map { "CAST(? AS \(Self.name($0.type, in: dialect)))" }.joined(separator: ", ") + ")"
            let other = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
            // Counted: where tables have been analyzed, rows of bare VALUES are taken for a million, and to look a million up a whole table is
            // read first.
            sql =
                head
                + "(SELECT * FROM (VALUES \(([first] + Array(repeating: other, count: length - 1)).joined(separator: ", "))) LIMIT \(length)) "
            values = rows.flatMap { $0 } + [SQLValue](repeating: .null, count: columns.count * (length - rows.count))
        }
    }

    private static func name(_ type: SQLType, in dialect: SQLDialect) -> String {
        switch type {
        case .text: "TEXT"
        case .integer: "BIGINT"
        case .place: dialect == .sqlite ? "BIGINT" : "TID"
        }
    }
}

extension Array {
    /// The elements in slices that each fit one table.
    var tables: [ArraySlice<Element>] {
        stride(from: 0, to: count, by: SQLTable.rowsMax).map { self[$0..<Swift.min($0 + SQLTable.rowsMax, count)] }
    }
}
