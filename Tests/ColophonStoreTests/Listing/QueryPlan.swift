import ColophonCore
import Synchronization

@testable import ColophonStore

/// How an engine means to run a statement, in its own words.
struct QueryPlan: CustomStringConvertible {
    let lines: [String]
    let sql: String

    /// - Parameter connection: As the statement's own would be set.
    init(_ statement: StatementLog.Statement, on connection: any SQLConnection) throws {
        sql = statement.sql
        guard let postgres = connection as? PostgresConnection else {
            lines = try connection.rows("EXPLAIN QUERY PLAN \(statement.sql)", statement.values).map { try $0.text("detail") }
            return
        }
        // As the product plans it: without knowing the values.
        try postgres.command("PREPARE explained AS \(PostgresStatement.numbered(statement.sql))")
        let arguments = statement.values.isEmpty ? "" : "(\(statement.values.map(Self.literal).joined(separator: ", ")))"
        lines = try postgres.rows(varying: "EXPLAIN EXECUTE explained\(arguments)", []).map { try $0.text("QUERY PLAN") }
        try postgres.command("DEALLOCATE explained")
    }

    private static func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): "\(number)"
        case .text(let text): "'\(text.replacing("'", with: "''"))'"
        case .bytes: "''"
        case .list(let values, _): "ARRAY[\(values.map(literal).joined(separator: ", "))]::TEXT[]"
        }
    }

    func names(_ index: String) -> Bool {
        let name = index == "sqlite_autoindex_files_1" && lines.contains { $0.contains("cost=") } ? "files_pkey" : index
        return lines.contains { $0.contains(" \(name) ") || $0.hasSuffix(" \(name)") }
    }

    /// Whether a table is read without an index.
    var readsTable: Bool {
        lines.contains { line in
            if line.contains("Seq Scan on") || line.contains("Bitmap") { return true }
            guard line.hasPrefix("SCAN ") else { return false }
            return ["files", "runs", "jobs", "tags"].contains { line.hasPrefix("SCAN \($0)") } && !line.contains("USING")
        }
    }

    /// Whether anything is sorted.
    var sorts: Bool { lines.contains { $0.contains("Sort") || $0.contains("FOR ORDER BY") || $0.contains("OF ORDER BY") } }

    /// Whether all that is found is sorted, rather than what is equal in the first column.
    var sortsAll: Bool {
        lines.contains { ($0.contains("Sort  (") && !$0.contains("Incremental")) || $0.contains("TEMP B-TREE FOR ORDER BY") }
    }

    var description: String { "\(sql)\n" + lines.joined(separator: "\n") }
}

/// What statements were run.
final class StatementLog: Sendable {
    struct Statement: Sendable {
        var sql: String
        var values: [SQLValue]
        var isVarying: Bool
    }

    private let all = Mutex<[Statement]>([])

    var statements: [Statement] { all.withLock { $0 } }

    func note(_ sql: String, _ values: [SQLValue], isVarying: Bool = false) {
        all.withLock { $0.append(Statement(sql: sql, values: values, isVarying: isVarying)) }
    }
}

/// A connection that notes what it passes on.
struct RecordingConnection: SQLConnection {
    let inner: any SQLConnection
    let log: StatementLog

    init(_ inner: any SQLConnection, log: StatementLog) { (self.inner, self.log) = (inner, log) }

    var dialect: SQLDialect { inner.dialect }

    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int {
        log.note(sql, values)
        return try inner.execute(sql, values)
    }

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        log.note(sql, values)
        return try inner.rows(sql, values)
    }

    func rows(varying sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        log.note(sql, values, isVarying: true)
        return try inner.rows(varying: sql, values)
    }
}

/// A database whose readers note what they run.
struct RecordingDatabase: SQLDatabase {
    let inner: any SQLDatabase
    let log = StatementLog()

    init(_ inner: any SQLDatabase) { self.inner = inner }

    var dialect: SQLDialect { inner.dialect }
    var commitCount: Int { inner.commitCount }

    func write<Result: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Result) async throws -> Result {
        try await inner.write(body)
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        let log = log
        return try await inner.read { try body(RecordingConnection($0, log: log)) }
    }

    func walk<Result: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> Result) async throws -> Result {
        let log = log
        return try await inner.walk { try body(RecordingConnection($0, log: log)) }
    }

    func close() async throws { try await inner.close() }
}
