/// What the two engines say differently.
package enum SQLDialect: Sendable {
    case sqlite, postgres

    /// Ends a SELECT whose rows the transaction is going to write: they wait for us. SQLite has one writer, which is lock enough.
    var forUpdate: String { self == .sqlite ? "" : "FOR NO KEY UPDATE" }

    /// As `forUpdate` for the named tables alone.
    func forUpdate(of tables: String) -> String { self == .sqlite ? "" : "FOR NO KEY UPDATE OF \(tables)" }

    /// As `forUpdate`, and rows that somebody else holds are passed over.
    func forUpdateSkippingLocked(of tables: String) -> String { self == .sqlite ? "" : "FOR NO KEY UPDATE OF \(tables) SKIP LOCKED" }
}
