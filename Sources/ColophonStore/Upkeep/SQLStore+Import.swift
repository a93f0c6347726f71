package import ColophonCore

extension SQLStore {
    package func isEmpty() async throws -> Bool {
        try await database.read { connection in
            try LedgerTable.allCases.allSatisfy { try connection.row("SELECT 1 AS one FROM \($0.rawValue) LIMIT 1", []) == nil }
        }
    }

    package func add(_ lines: [[UInt8]], to table: LedgerTable) async throws {
        precondition(lines.count <= LedgerTable.rowsMax, "a transaction adds a bounded number of rows")
        let rows = try lines.map(LedgerLine.decode)
        do {
            try await database.write { transaction in
                let columns = try transaction.columns(of: table)
                guard rows.allSatisfy({ Set($0.keys) == Set(columns) }) else {
                    throw ColophonError(.invalid, "The backup's rows of \(table.rawValue) have other columns than this program's.")
                }
                var rest = rows[...]
                while !rest.isEmpty {
                    // Texts are cached, so there are few: many rows at a time, then one at a time.
                    let count = rest.count >= rowsPerStatement ? rowsPerStatement : 1
                    try transaction.insert(Array(rest.prefix(count)), columns, table)
                    rest = rest.dropFirst(count)
                }
            }
        } catch let error as ColophonError where error.code == .internal {
            throw ColophonError(
                .conflict, "Rows of \(table.rawValue) cannot be added: they break a rule, or are there already.", cause: error)
        }
    }

    package func takeBackLeases(limit: Int, actor: String) async throws -> Int {
        try await database.write { transaction in
            let rows = try transaction.rows(
                """
                SELECT runs.workspace_id AS workspace_id, runs.id AS id, runs.epoch AS epoch, runs.leased_by AS leased_by
                FROM jobs JOIN runs ON runs.workspace_id = jobs.workspace_id AND runs.id = jobs.run_id
                WHERE jobs.state = 'leased' AND runs.status = 'processing' AND runs.epoch = jobs.epoch
                ORDER BY runs.workspace_id, runs.document_id LIMIT ?
                """, [.int(limit)])
            for row in rows {
                let claim = RunClaim(workspace: try row.id("workspace_id"), run: try row.id("id"), epoch: try row.integer("epoch"))
                try transaction.lockDocument(of: claim)
                _ = try transaction.requeue(
                    claim, counting: "epoch = epoch + 1", event: .leaseLost, meta: ["worker": try row.text("leased_by")], delay: .zero,
                    actor: actor)
            }
            return rows.count
        }
    }
}

extension SQLTransaction {
    /// The columns of a table, as the engine knows them.
    fileprivate func columns(of table: LedgerTable) throws -> [String] {
        let sql =
            switch dialect {
            case .sqlite: "SELECT name FROM pragma_table_info(?)"
            case .postgres:
                """
                SELECT column_name::TEXT AS name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position
                """
            }
        return try rows(sql, [.text(table.rawValue)]).map { try $0.text("name") }
    }

    fileprivate func insert(_ rows: [[String: SQLValue]], _ columns: [String], _ table: LedgerTable) throws {
        let places = "(" + columns.map { _ in "?" }.joined(separator: ", ") + ")"
        _ = try execute(
            "INSERT INTO \(table.rawValue) (\(columns.joined(separator: ", "))) VALUES "
                + repeatElement(places, count: rows.count).joined(separator: ", "),
            rows.flatMap { row in columns.map { row[$0] ?? .null } })
    }
}

private let rowsPerStatement = 32
