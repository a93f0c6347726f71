import ColophonCore
import FoundationEssentials

/// A part of a statement with the values of its placeholders.
struct SQLFragment {
    var sql: String
    var values: [SQLValue] = []

    init(_ sql: String, _ values: [SQLValue] = []) {
        self.sql = sql
        self.values = values
    }

    /// Texts on their way to SQLite, which takes a list as JSON.
    static func json(_ texts: [String]) throws -> String { String(decoding: try JSONEncoder().encode(texts), as: UTF8.self) }

    static func + (left: Self, right: Self) -> Self { Self(left.sql + right.sql, left.values + right.values) }
    static func + (left: Self, right: String) -> Self { Self(left.sql + right, left.values) }
    static func + (left: String, right: Self) -> Self { Self(left + right.sql, right.values) }

    static func joined(_ parts: [Self], by separator: String) -> Self {
        Self(parts.map(\.sql).joined(separator: separator), parts.flatMap(\.values))
    }
}

extension SQLConnection {
    func rows(varying statement: SQLFragment) throws -> [SQLRow] { try rows(varying: statement.sql, statement.values) }
}

extension SQLDialect {
    /// Whether a text is one of several; one text of the statement, however many they are.
    func isAmong(_ expression: String, _ texts: [String]) throws -> SQLFragment {
        switch self {
        case .postgres: return SQLFragment("\(expression) = ANY (CAST(? AS TEXT[]))", [.list(texts.map(SQLValue.text), .text)])
        case .sqlite:
            return SQLFragment("\(expression) IN (SELECT value FROM json_each(?))", [.text(try SQLFragment.json(texts))])
        }
    }

    /// Follows a table's name: the one index by which its rows may be found. PostgreSQL is left no other by what is asked.
    func indexed(by index: String) -> String { self == .sqlite ? " INDEXED BY \(index)" : "" }
}
