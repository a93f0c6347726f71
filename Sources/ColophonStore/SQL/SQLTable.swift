/// Rows on their way into a statement, so that one statement can act on many things: `WITH name (columns) AS (…)`.
///
/// PostgreSQL is given one list for each column, and its text has no length. SQLite, which knows no lists, is given `VALUES`, filled up with
/// rows of nulls, which match nothing, to the next of a few lengths: statements are cached by their text.
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
    init(_ dialect: SQLDialect, _ name: String, _ columns: [(name: String, type: ColumnType)], _ rows: [[SQLValue]]) {
        precondition((1...Self.rowsMax).contains(rows.count), "a table has between one row and \(Self.rowsMax)")
        let head = "WITH \(name) (\(columns.map(\.name).joined(separator: ", "))) AS "
        switch dialect {
        case .postgres:
            let lists = columns.map { "CAST(? AS \($0.type.rawValue)[])" }.joined(separator: ", ")
            sql = head + "(SELECT * FROM unnest(\(lists))) "
            values = columns.indices.map { column in .text(Self.list(rows.lazy.map { $0[column] })) }
        case .sqlite:
            var length = 1
            while length < rows.count { length *= 2 }
            // The first row says the types; nothing is inferred from a list of placeholders.
            let first = "(" + columns.map { "CAST(? AS \($0.type.rawValue))" }.joined(separator: ", ") + ")"
            let other = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
            sql = head + "(VALUES \(([first] + Array(repeating: other, count: length - 1)).joined(separator: ", "))) "
            values = rows.flatMap { $0 } + [SQLValue](repeating: .null, count: columns.count * (length - rows.count))
        }
    }

    /// An array in PostgreSQL's text form (PostgreSQL documentation, section 8.15.2).
    private static func list(_ values: some Sequence<SQLValue>) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for value in values {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            switch value {
            case .null: bytes += "NULL".utf8
            case .integer(let number): bytes += "\(number)".utf8
            case .text(let text):
                bytes.append(UInt8(ascii: "\""))
                for byte in text.utf8 {
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
                    bytes.append(byte)
                }
                bytes.append(UInt8(ascii: "\""))
            case .bytes: preconditionFailure("a table's columns are of text and of numbers")
            }
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Array {
    /// The elements in slices that each fit one table.
    var tables: [ArraySlice<Element>] {
        stride(from: 0, to: count, by: SQLTable.rowsMax).map { self[$0..<Swift.min($0 + SQLTable.rowsMax, count)] }
    }
}
