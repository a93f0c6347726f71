import ColophonCore
import Foundation
import GRDB

/// GRDB's connection as verbs see one.
struct SQLiteConnection: SQLConnection {
    let database: Database
    var dialect: SQLDialect { .sqlite }

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        let statement = try database.cachedStatement(sql: sql)
        try statement.execute(arguments: StatementArguments(values.map(Self.bindable)))
        return database.changesCount
    }

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try rows(of: try database.cachedStatement(sql: sql), values) }

    func rows(varying sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try rows(of: try database.makeStatement(sql: sql), values) }

    private func rows(of statement: Statement, _ values: [SQLValue]) throws -> [SQLRow] {
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values.map(Self.bindable)))
        var columns: [String: Int] = [:]
        var result: [SQLRow] = []
        while let row = try cursor.next() {
            // Most answers have no row, and most others one: the names are looked at when there is something to name.
            if result.isEmpty { for (index, name) in statement.columnNames.enumerated() { columns[name] = index } }
            result.append(SQLRow(columns: columns, values: row.map { Self.value($0.1) }))
        }
        return result
    }

    private static func bindable(_ value: SQLValue) -> any DatabaseValueConvertible {
        switch value {
        case .null: DatabaseValue.null
        case .integer(let value): value
        case .text(let value): value
        // An array of bytes would silently be stored as NULL.
        case .bytes(let value): Data(value)
        case .list: preconditionFailure("SQLite is given a table's values one by one")
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let value): .integer(value)
        case .double(let value): .integer(Int64(exactly: value) ?? 0)
        case .string(let value): .text(value)
        case .blob(let value): .bytes(Array(value))
        }
    }
}
