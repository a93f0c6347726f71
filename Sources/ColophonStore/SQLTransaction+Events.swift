import ColophonCore

/// How histories are written; an event is never changed.
extension SQLTransaction {
    /// An event that has no number yet.
    struct NewEvent {
        var type: DocumentEvent.Kind
        var workspace: WorkspaceID
        var document: DocumentID
        var run: RunID?
        var actor: String
        var meta: [String: String] = [:]
        /// The run's number, when its results serve the document from now on, unless those of a newer run do.
        var served: Int64?
    }

    /// Adds to a document's history and marks it as updated.
    func appendEvent(
        _ type: DocumentEvent.Kind, of document: DocumentID, run: RunID? = nil, actor: String, meta: [String: String] = [:],
        in workspace: WorkspaceID
    ) throws {
        try append([NewEvent(type: type, workspace: workspace, document: document, run: run, actor: actor, meta: meta)])
    }

    /// Adds to the histories of many documents; several events of one document keep their order.
    func append(_ events: [NewEvent]) throws {
        for events in events.tables {
            let told = Dictionary(grouping: events, by: EventOwner.init)
            // In order of their keys, so that two transactions lock the documents in the same order.
            var next = try count(told.sorted { $0.key < $1.key })
            // Many events of a batch say the same.
            let metas = try Set(events.map(\.meta)).reduce(into: [:]) { $0[$1] = try EventMeta.encode($1) }
            let table = SQLTable(
                dialect, "new",
                [
                    ("workspace_id", .text), ("document_id", .text), ("seq", .integer), ("type", .text), ("run_id", .text),
                    ("actor", .text),
                    ("meta", .text),
                ],
                try events.map { event in
                    let owner = EventOwner(event)
                    guard let seq = next[owner] else { throw ColophonError.unknownDocument() }
                    next[owner] = seq + 1
                    return [
                        .id(event.workspace), .id(event.document), .integer(seq), .text(event.type.rawValue),
                        event.run.map(SQLValue.id) ?? .null, .text(event.actor), .text(metas[event.meta] ?? "{}"),
                    ]
                })
            _ = try execute(
                """
                \(table.sql) INSERT INTO events (workspace_id, document_id, seq, type, run_id, actor, meta, at)
                SELECT workspace_id, document_id, seq, type, run_id, actor, meta, colophon_now() FROM new WHERE workspace_id IS NOT NULL
                """, table.values)
        }
    }

    private struct EventOwner: Hashable, Comparable {
        var workspace: String
        var document: String

        init(_ event: NewEvent) { (workspace, document) = (event.workspace.rawValue, event.document.rawValue) }

        init(_ row: SQLRow) throws { (workspace, document) = (try row.text("workspace_id"), try row.text("id")) }

        static func < (left: Self, right: Self) -> Bool { (left.workspace, left.document) < (right.workspace, right.document) }
    }

    /// Raises the documents' counts of events, and has the newest complete run serve: an older one that ends later does not take its place.
    ///
    /// - Returns: The first new number of each document.
    private func count(_ told: [(key: EventOwner, value: [NewEvent])]) throws -> [EventOwner: Int64] {
        let table = SQLTable(
            dialect, "told",
            [("workspace_id", .text), ("document_id", .text), ("added", .integer), ("run_id", .text), ("run_no", .integer)],
            told.map { owner, events in
                let newest = events.filter { $0.served != nil }.max { ($0.served ?? 0) < ($1.served ?? 0) }
                return [
                    .text(owner.workspace), .text(owner.document), .int(events.count), newest?.run.map(SQLValue.id) ?? .null,
                    newest?.served.map(SQLValue.integer) ?? .null,
                ]
            })
        let rows = try rows(
            """
            \(table.sql) UPDATE files SET event_count = event_count + told.added, updated_at = colophon_now(),
                current_run_id = CASE WHEN told.run_id IS NULL THEN files.current_run_id WHEN EXISTS (
                    SELECT 1 FROM runs WHERE runs.workspace_id = files.workspace_id AND runs.id = files.current_run_id
                    AND runs.run_no > told.run_no) THEN files.current_run_id ELSE told.run_id END
            FROM told WHERE files.workspace_id = told.workspace_id AND files.id = told.document_id
            RETURNING files.workspace_id AS workspace_id, files.id AS id, files.event_count AS event_count
            """, table.values)
        let added = Dictionary(uniqueKeysWithValues: told.map { ($0.key, Int64($0.value.count)) })
        return Dictionary(
            uniqueKeysWithValues: try rows.map { row in
                let owner = try EventOwner(row)
                return (owner, try row.integer("event_count") - (added[owner] ?? 0) + 1)
            })
    }
}
