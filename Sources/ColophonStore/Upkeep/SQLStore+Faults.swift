package import ColophonCore

extension SQLStore: UpkeepStore {}

extension SQLStore {
    package func engineFaults(thorough: Bool, limit: Int) async throws -> [LedgerFault] {
        guard database.dialect == .sqlite else { return [] }
        return try await database.read { connection in
            let answers = try connection.rows(thorough ? "PRAGMA integrity_check" : "PRAGMA quick_check", [])
            let faults = try answers.prefix(limit).map { LedgerFault(.engine, message: try $0.text($0.cells[0].column)) }
            return faults.filter { $0.message != "ok" }
        }
    }

    package func documentKeys(after key: DocumentKey?, limit: Int) async throws -> [DocumentKey] {
        try await database.read { connection in
            try connection.rows(
                "SELECT workspace_id, id FROM files WHERE (workspace_id, id) > (?, ?) ORDER BY workspace_id, id LIMIT ?",
                [.text(key?.workspace.rawValue ?? ""), .text(key?.document.rawValue ?? ""), .int(limit)]
            ).map { DocumentKey(workspace: try $0.id("workspace_id"), document: try $0.id("id")) }
        }
    }

    package func faults(of documents: [DocumentKey]) async throws -> [LedgerFault] {
        try await database.read { connection in
            let documents = SQLTable.documents(documents, connection.dialect)
            return try connection.runsWithoutJob(in: documents) + connection.wrongCurrentRuns(in: documents)
                + connection.historyGaps(in: documents)
        }
    }

    package func otherFaults(limit: Int) async throws -> [LedgerFault] {
        var found: [LedgerFault] = []
        for rule in Self.rules where found.count < limit && !Self.rulesOfTheirOwn.contains(rule.sentence) {
            let most = limit - found.count
            // Each rule in a snapshot of its own: together they would hold one for as long as it takes to read everything.
            found += try await database.survey { connection in
                try connection.rows("SELECT subject FROM (\(rule.sql)) AS broken LIMIT ?", [.int(most)]).map {
                    try connection.fault(of: try $0.text("subject"), rule.sentence)
                }
            }
        }
        return found
    }

    /// Rules that are looked for more closely than `violations` does, by their sentences.
    static let rulesOfTheirOwn: Set<String> = [
        "waits or is processed without a job", "has a job, though it does not wait and is not processed",
        "has a job of another epoch than its own", "serves a run that is not its newest complete one", "has a feed with a gap",
        "has a history with a gap",
    ]
}

extension SQLTable {
    /// The table `looked_at (workspace_id, document_id)`.
    ///
    /// Queries join it by CROSS JOIN, whose order SQLite keeps: left to itself it walks over all rows of a workspace. And PostgreSQL does so
    /// for a range of keys.
    static func documents(_ keys: [DocumentKey], _ dialect: SQLDialect) -> SQLTable {
        SQLTable(
            dialect, "looked_at", [("workspace_id", .text), ("document_id", .text)], keys.map { [.id($0.workspace), .id($0.document)] })
    }
}

extension SQLConnection {
    func runsWithoutJob(in documents: SQLTable) throws -> [LedgerFault] {
        try rows(
            """
            \(documents.sql) SELECT workspace_id, document_id, run_id, status, state FROM (
                SELECT r.workspace_id AS workspace_id, r.document_id AS document_id, r.id AS run_id, r.run_no AS run_no, r.status AS status, (
                    SELECT j.state FROM jobs j WHERE j.workspace_id = r.workspace_id AND j.id = r.id) AS state
                FROM looked_at d CROSS JOIN runs r
                WHERE r.workspace_id = d.workspace_id AND r.document_id = d.document_id AND r.status IN ('queued', 'processing')) AS run
            WHERE state IS DISTINCT FROM CASE status WHEN 'queued' THEN 'due' ELSE 'leased' END
            ORDER BY workspace_id, document_id, run_no
            """, documents.values
        ).map { row in
            let job = try row.optionalText("state").map { "its job is \($0)" } ?? "it has no job"
            return try LedgerFault(.runWithoutJob, row, message: "is \(try row.text("status")), but \(job)")
        }
    }

    func wrongCurrentRuns(in documents: SQLTable) throws -> [LedgerFault] {
        try rows(
            """
            \(documents.sql) SELECT workspace_id, document_id, newest, served FROM (
                SELECT f.workspace_id AS workspace_id, f.id AS document_id, f.current_run_id AS served, (
                    SELECT r.id FROM runs r WHERE r.workspace_id = f.workspace_id AND r.document_id = f.id AND r.status = 'complete'
                    ORDER BY r.run_no DESC LIMIT 1) AS newest
                FROM looked_at d CROSS JOIN files f WHERE f.workspace_id = d.workspace_id AND f.id = d.document_id) AS document
            WHERE served IS DISTINCT FROM newest ORDER BY workspace_id, document_id
            """, documents.values
        ).map { row in
            let served = try row.optionalText("served").map { "run \($0)" } ?? "none"
            let newest = try row.optionalText("newest").map { "\($0) is its newest complete one" } ?? "no run of it is complete"
            return try LedgerFault(.wrongCurrentRun, row, message: "serves \(served), but \(newest)")
        }
    }

    func historyGaps(in documents: SQLTable) throws -> [LedgerFault] {
        try rows(
            """
            \(documents.sql) SELECT workspace_id, document_id, events, expected FROM (
                SELECT f.workspace_id AS workspace_id, f.id AS document_id, count(e.seq) AS events,
                    f.event_count - f.event_floor AS expected, f.event_floor AS floor, f.event_count AS head, min(e.seq) AS first,
                    max(e.seq) AS last
                FROM looked_at d CROSS JOIN files f LEFT JOIN events e ON e.workspace_id = f.workspace_id AND e.document_id = f.id
                WHERE f.workspace_id = d.workspace_id AND f.id = d.document_id
                GROUP BY f.workspace_id, f.id, f.event_floor, f.event_count) AS history
            WHERE events <> expected OR (events > 0 AND (first <> floor + 1 OR last <> head))
            ORDER BY workspace_id, document_id
            """, documents.values
        ).map { row in
            let (events, expected) = (try row.int("events"), try row.int("expected"))
            return try LedgerFault(.historyGap, row, message: "has a history with a gap: \(events) events of \(expected)")
        }
    }

    /// A breach of a rule whose query names its subject alone; the rest is looked up, since there are few.
    fileprivate func fault(of subject: String, _ sentence: String) throws -> LedgerFault {
        if let row = try row("SELECT workspace_id, document_id, id AS run_id FROM runs WHERE id = ?", [.text(subject)]) {
            return try LedgerFault(.rule, row, message: sentence)
        }
        if let row = try row("SELECT workspace_id, id AS document_id FROM files WHERE id = ?", [.text(subject)]) {
            return try LedgerFault(.rule, row, message: sentence)
        }
        return LedgerFault(.rule, message: "\(subject) \(sentence)")
    }
}

extension LedgerFault {
    /// - Parameter row: With `workspace_id`, and `document_id`, `run_id` and `job_id` where they are known.
    init(_ kind: Kind, _ row: SQLRow, message: String) throws {
        self.init(
            kind, workspace: try row.id("workspace_id"), document: try row.known("document_id").map(DocumentID.init(rawValue:)),
            run: try row.known("run_id").map(RunID.init(rawValue:)), job: try row.known("job_id").map(JobID.init(rawValue:)),
            message: message)
    }
}

extension SQLRow {
    /// A text that may be missing, column and all.
    fileprivate func known(_ column: String) throws -> String? {
        cells.contains { $0.column == column } ? try optionalText(column) : nil
    }
}
