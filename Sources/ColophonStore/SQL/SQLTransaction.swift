package import ColophonCore

/// A writing transaction: a connection, its time, and the feed changes that will be numbered just before its commit.
package final class SQLTransaction: SQLConnection {
    private let connection: any SQLConnection
    private(set) var changes: [PendingChange] = []
    /// Where each document stands in `changes`.
    private var places: [PendingChange.Key: Int] = [:]

    /// A change that has no number yet.
    struct PendingChange {
        var workspace: WorkspaceID
        var document: DocumentID
        var op: Change.Op

        struct Key: Hashable {
            var workspace: WorkspaceID
            var document: DocumentID
        }
    }

    package init(_ connection: any SQLConnection) { self.connection = connection }

    package var dialect: SQLDialect { connection.dialect }

    package func execute(_ sql: String, _ values: [SQLValue] = []) throws -> Int { try connection.execute(sql, values) }

    package func rows(_ sql: String, _ values: [SQLValue] = []) throws -> [SQLRow] { try connection.rows(sql, values) }

    /// Tells the workspace's feed that a document changed; several changes to one document in one transaction are one.
    package func noteChange(_ document: DocumentID, _ op: Change.Op, in workspace: WorkspaceID) {
        let key = PendingChange.Key(workspace: workspace, document: document)
        if let index = places[key] {
            changes[index].op = op
        } else {
            places[key] = changes.count
            changes.append(PendingChange(workspace: workspace, document: document, op: op))
        }
    }
}

extension SQLConnection {
    /// Numbers and writes changes: the only writer of `changes`, called last in a transaction.
    ///
    /// Each workspace's counter is bumped once, by the number of its changes, in order of workspace id, so that two transactions
    /// cannot wait for each other. With concurrent writers a serial column would let a reader skip what commits late.
    func writeChanges(_ pending: [SQLTransaction.PendingChange]) throws {
        for (workspace, changes) in Dictionary(grouping: pending, by: \.workspace.rawValue).sorted(by: { $0.key < $1.key }) {
            let bumped = try row(
                "UPDATE workspace_feeds SET head = head + ?, floor = CASE WHEN floor = 0 THEN 1 ELSE floor END WHERE workspace_id = ? "
                    + "RETURNING head",
                [.int(changes.count), .text(workspace)])
            guard let head = try bumped?.integer("head") else { throw ColophonError(.internal, "Workspace \(workspace) has no feed.") }
            let numbered = changes.enumerated().map { (id: head - Int64(changes.count - 1 - $0), change: $1) }
            for numbered in numbered.tables {
                let table = SQLTable(
                    dialect, "new", [("id", .integer), ("document_id", .text), ("op", .text)],
                    numbered.map { [.integer($0.id), .id($0.change.document), .text($0.change.op.rawValue)] })
                _ = try execute(
                    """
                    \(table.sql) INSERT INTO changes (workspace_id, id, document_id, op, at)
                    SELECT CAST(? AS TEXT), id, document_id, op, colophon_now() FROM new WHERE id IS NOT NULL
                    """, table.values + [.text(workspace)])
            }
        }
    }
}
