/// What the two engines say differently.
package enum SQLDialect: Sendable {
    case sqlite, postgres

    /// The column that says where a row is, by which it is found without any index: as long as this transaction holds its lock and has not
    /// written it. A row's place is never stored (PostgreSQL documentation, section 5.5; SQLite documentation, "Rowid Tables").
    var place: String { self == .sqlite ? "rowid" : "ctid" }

    /// Ends a SELECT whose rows the transaction is going to write: they wait for us. SQLite has one writer, which is lock enough.
    var forUpdate: String { self == .sqlite ? "" : "FOR NO KEY UPDATE" }

    /// As `forUpdate` for the named tables alone.
    func forUpdate(of tables: String) -> String { self == .sqlite ? "" : "FOR NO KEY UPDATE OF \(tables)" }

    /// A further condition, beginning with AND, of a statement over jobs that are given by `list`: their ids are those in it.
    ///
    /// PostgreSQL then searches the index for each. It would otherwise be free to read all of it, and is drawn to that when its statistics
    /// were gathered in a bad moment. SQLite does what the join says.
    func only(_ id: String, in list: String, _ column: String) -> String {
        self == .sqlite ? "" : "AND \(id) = ANY (ARRAY(SELECT \(column) FROM \(list)))"
    }

    /// As `forUpdate`, and rows that somebody else holds are passed over.
    func forUpdateSkippingLocked(of tables: String) -> String { self == .sqlite ? "" : "FOR NO KEY UPDATE OF \(tables) SKIP LOCKED" }

    /// The later of two times, neither of them null.
    func later(_ one: String, _ other: String) -> String { "\(self == .sqlite ? "max" : "greatest")(\(one), \(other))" }

    /// Now, but never before the document was made: a clock may be set back, and lists rely on the order of a document's times.
    var editTime: String { later("colophon_now()", "created_at") }

    /// As `editTime`, nor before anything else was done to the document.
    var activityTime: String { later("colophon_now()", "active_at") }
}
