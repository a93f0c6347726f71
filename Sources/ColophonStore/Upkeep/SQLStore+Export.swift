package import ColophonCore

extension SQLStore {
    package func export(to sink: some LedgerSink) async throws -> LedgerMoment {
        let schema = schema
        return try await database.survey { connection in
            // The whole body may run again, on a new snapshot, when its connection broke.
            try sink.begin()
            guard let moment = try connection.row("SELECT colophon_now() AS now", []) else {
                throw ColophonError(.internal, "The database has no clock.")
            }
            for table in LedgerTable.allCases {
                try connection.pages(of: "SELECT * FROM \(table.rawValue) WHERE 1 = 1", by: table.key(in: connection.dialect)) { rows in
                    try sink.write(rows.flatMap(LedgerLine.encode), count: rows.count, of: table)
                }
            }
            try connection.pages(of: PromisedBlob.versions, by: ["v.workspace_id", "v.id"], named: ["workspace_id", "place"]) {
                try sink.write(try $0.map(PromisedBlob.init(row:)))
            }
            let artifactKey = ["a.workspace_id", "a.run_id", "a.kind"]
            try connection.pages(of: PromisedBlob.artifacts, by: artifactKey, named: ["workspace_id", "place", "kind"]) {
                try sink.write(try $0.map(PromisedBlob.init(row:)))
            }
            return LedgerMoment(
                at: try moment.time("now"), schema: schema, engine: connection.dialect == .sqlite ? "sqlite" : "postgres")
        }
    }

    /// Both engines' migrations lead to the same rows; SQLite's give the number. What PostgreSQL's say of indexes and pages does not count.
    package var schema: Int { SQLiteMigrations.newest }
}

extension LedgerTable {
    /// The columns that tell its rows apart, in the order of an index.
    func key(in dialect: SQLDialect) -> [String] {
        switch self {
        case .workspaces, .apiKeys, .sessions: ["id"]
        case .memberships: ["member", "workspace_id"]
        case .tags: ["workspace_id", "document_id", "tag"]
        case .workspaceFeeds: ["workspace_id"]
        case .changes, .documents, .versions, .runs: ["workspace_id", "id"]
        // On PostgreSQL no index of jobs begins with the workspace.
        case .jobs: dialect == .sqlite ? ["workspace_id", "id"] : ["id"]
        case .artifacts: ["workspace_id", "run_id", "kind"]
        case .events: ["workspace_id", "document_id", "seq"]
        }
    }
}

extension SQLConnection {
    /// Reads a query's rows in order of a key, so many at a time.
    ///
    /// - Parameters:
    ///   - query: With a condition, to which another can be added.
    ///   - key: Columns as the query's tables name them.
    ///   - names: The same as its answer names them.
    fileprivate func pages(of query: String, by key: [String], named names: [String]? = nil, _ body: ([SQLRow]) throws -> Void) throws {
        let columns = key.joined(separator: ", ")
        let places = key.map { _ in "?" }.joined(separator: ", ")
        var page = try rows("\(query) ORDER BY \(columns) LIMIT \(exportRowsMax)", [])
        while let last = page.last {
            try body(page)
            if page.count < exportRowsMax { return }
            let after = try (names ?? key).map { try last.value($0) }
            page = try rows("\(query) AND (\(columns)) > (\(places)) ORDER BY \(columns) LIMIT \(exportRowsMax)", after)
        }
    }
}

/// How many rows are in memory at a time. It stands in the statements themselves: PostgreSQL takes a limit that it does not know for a tenth
/// of the table, and sorts it.
private let exportRowsMax = 500
