import ColophonCore

/// What both engines offer to a verb: statements over one connection, inside one transaction, on a thread that may block.
///
/// Placeholders are `?`, bound in order. Statements are cached by their text, so it should not vary with data.
package protocol SQLConnection {
    var dialect: SQLDialect { get }

    /// Runs a statement that returns nothing.
    ///
    /// - Returns: How many rows it changed.
    func execute(_ sql: String, _ values: [SQLValue]) throws -> Int

    /// Runs a statement and collects the rows that it returns.
    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow]

    /// As `rows`, for one of so many texts that not all of them can be kept planned.
    func rows(varying sql: String, _ values: [SQLValue]) throws -> [SQLRow]
}

extension SQLConnection {
    package func rows(varying sql: String, _ values: [SQLValue]) throws -> [SQLRow] { try rows(sql, values) }

    func row(_ sql: String, _ values: [SQLValue]) throws -> SQLRow? { try rows(sql, values).first }

    /// The time on the database's clock.
    func now() throws -> Timestamp {
        guard let row = try row("SELECT colophon_now() AS now", []) else { throw ColophonError(.internal, "The database has no clock.") }
        return try row.time("now")
    }
}
