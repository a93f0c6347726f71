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

    /// A document that this transaction has locked and not written: where it is, and how many events it has had.
    struct HeldDocument {
        var workspace: WorkspaceID
        var id: DocumentID
        var place: SQLValue
        var eventCount: Int64

        /// - Parameter row: With `workspace_id`, `document_id`, `document_place` and `event_count`.
        init(row: SQLRow) throws {
            (workspace, id) = (try row.id("workspace_id"), try row.id("document_id"))
            (place, eventCount) = (try row.value("document_place"), try row.integer("event_count"))
        }
    }

    /// Adds to the histories of many documents; several events of one document keep their order.
    func append(_ events: [NewEvent]) throws {
        for events in events.tables {
            let told = Dictionary(grouping: events, by: EventOwner.init)
            // In order of their keys, so that two transactions lock the documents in the same order.
            try insert(events, from: try count(told.sorted { $0.key < $1.key }))
        }
    }

    /// As `append(_:)`, to documents that are held; they are written by it.
    ///
    /// - Parameter documents: Of every event; the same may be among them more than once.
    /// - Precondition: No more events than fit one table.
    func append(_ events: [NewEvent], to documents: [HeldDocument]) throws {
        let told = Dictionary(grouping: events, by: EventOwner.init)
        let held = Dictionary(documents.map { (EventOwner($0), $0) }) { first, _ in first }
        let table = SQLTable(
            dialect, "told", [("place", .place)] + Self.toldColumns,
            try told.map { owner, events in
                guard let document = held[owner] else { throw ColophonError.unknownDocument() }
                return [document.place] + Self.told(events)
            })
        let counted = try execute(
            "\(table.sql) UPDATE files SET \(Self.counting) FROM told WHERE files.\(dialect.place) = told.place", table.values)
        guard counted == told.count else { throw ColophonError(.internal, "A document changed while it was held.") }
        try insert(events, from: held.mapValues { $0.eventCount + 1 })
    }

    /// - Parameter first: The first new number of each document.
    private func insert(_ events: some Sequence<NewEvent>, from first: [EventOwner: Int64]) throws {
        var next = first
        // Many events of a batch say the same as the one before.
        var meta = (fields: [String: String](), text: "{}")
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
                if event.meta != meta.fields { meta = (event.meta, try EventMeta.encode(event.meta)) }
                return [
                    .id(event.workspace), .id(event.document), .integer(seq), .text(event.type.rawValue),
                    event.run.map(SQLValue.id) ?? .null, .text(event.actor), .text(meta.text),
                ]
            })
        _ = try execute(
            """
            \(table.sql) INSERT INTO events (workspace_id, document_id, seq, type, run_id, actor, meta, at)
            SELECT workspace_id, document_id, seq, type, run_id, actor, meta, colophon_now() FROM new WHERE workspace_id IS NOT NULL
            """, table.values)
    }

    private struct EventOwner: Hashable, Comparable {
        var workspace: String
        var document: String

        init(_ event: NewEvent) { (workspace, document) = (event.workspace.rawValue, event.document.rawValue) }
        init(_ held: HeldDocument) { (workspace, document) = (held.workspace.rawValue, held.id.rawValue) }

        init(_ row: SQLRow) throws { (workspace, document) = (try row.text("workspace_id"), try row.text("id")) }

        static func < (left: Self, right: Self) -> Bool { (left.workspace, left.document) < (right.workspace, right.document) }
    }

    /// Raises a document's count of events, and has the newest complete run serve: an older one that ends later does not take its place.
    private static let counting = """
        event_count = event_count + told.added, updated_at = colophon_now(),
            current_run_id = CASE WHEN told.run_id IS NULL THEN files.current_run_id WHEN EXISTS (
                SELECT 1 FROM runs WHERE runs.workspace_id = files.workspace_id AND runs.id = files.current_run_id
                AND runs.run_no > told.run_no) THEN files.current_run_id ELSE told.run_id END
        """

    private static let toldColumns: [(name: String, type: SQLType)] = [
        ("added", .integer), ("run_id", .text), ("run_no", .integer),
    ]

    /// What is told of one document, for `counting`.
    private static func told(_ events: [NewEvent]) -> [SQLValue] {
        let newest = events.filter { $0.served != nil }.max { ($0.served ?? 0) < ($1.served ?? 0) }
        return [.int(events.count), newest?.run.map(SQLValue.id) ?? .null, newest?.served.map(SQLValue.integer) ?? .null]
    }

    /// Counts events of documents that are found by their keys.
    ///
    /// - Returns: The first new number of each document.
    private func count(_ told: [(key: EventOwner, value: [NewEvent])]) throws -> [EventOwner: Int64] {
        let table = SQLTable(
            dialect, "told", [("workspace_id", .text), ("document_id", .text)] + Self.toldColumns,
            told.map { owner, events in [.text(owner.workspace), .text(owner.document)] + Self.told(events) })
        let rows = try rows(
            """
            \(table.sql) UPDATE files SET \(Self.counting)
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
