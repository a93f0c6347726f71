import ColophonCore

/// The run that holds the key of some work: live or complete, with its document.
struct EqualRun {
    var id: RunID
    var document: DocumentID
    var status: RunStatus
    var number: Int
    /// The run that has the results; the same unless this one is a recorded duplicate.
    var canonical: RunID
    /// Whether it reads its document's newest bytes, so that the document can stand for them.
    var isCurrent: Bool
}

/// How equal work is found, and who holds its key.
///
/// Whoever gives a run a key holds the lock of that key, so none is given twice. The lock comes after a name's and before any document's: an
/// upload waits for it, holding no more than a name; a verb that has locked a document already only tries. Taking a key away needs no more than the document's lock.
extension SQLTransaction {
    /// Waits until nobody else records equal work; only names are locked before.
    func lockEqualWork(_ key: DedupeKey, in workspace: WorkspaceID) throws {
        if dialect == .sqlite { return }
        _ = try rows("SELECT pg_advisory_xact_lock(\(Self.lockNumber))::TEXT AS held", [Self.lockName(key, workspace)])
    }

    /// As `lockEqualWork`, for any text.
    func lockText(_ text: String) throws {
        _ = try rows("SELECT pg_advisory_xact_lock(\(Self.lockNumber))::TEXT AS held", [.text(text)])
    }

    private func triesLockingEqualWork(_ key: DedupeKey, in workspace: WorkspaceID) throws -> Bool {
        if dialect == .sqlite { return true }
        let held = try row("SELECT pg_try_advisory_xact_lock(\(Self.lockNumber)) AS held", [Self.lockName(key, workspace)])
        return try held?.integer("held") == 1
    }

    /// Such locks belong to the database: another schema of it may hold another Colophon.
    private static let lockNumber = "hashtextextended(current_schema() || '/' || ?, 0)"

    /// The workspace is part of it: two tenants must not wait for each other, or learn from it that they have the same file.
    private static func lockName(_ key: DedupeKey, _ workspace: WorkspaceID) -> SQLValue { .text("\(workspace)/\(key.rawValue)") }

    /// The holder of a key, its document locked: it stays what it is until the transaction ends.
    ///
    /// - Parameter other: A document that the transaction is going to write too; locked in the same breath, so that two uploads between the
    ///   same two documents do not wait for each other.
    func equalRun(_ key: DedupeKey, beside other: DocumentID?, in workspace: WorkspaceID) throws -> EqualRun? {
        guard let found = try holder(of: key, in: workspace) else { return nil }
        if dialect == .sqlite { return found }
        _ = try rows(
            "SELECT 1 AS one FROM files WHERE workspace_id = ? AND id IN (?, ?) ORDER BY id \(dialect.forUpdate)",
            [.id(workspace), .id(found.document), .id(other ?? found.document)])
        // While we waited it may have ended, and lost the key; nobody else can have got it.
        return try holder(of: key, in: workspace)
    }

    private func holder(of key: DedupeKey, in workspace: WorkspaceID) throws -> EqualRun? {
        let row = try row(
            """
            SELECT runs.id AS id, runs.document_id AS document_id, runs.status AS status, runs.run_no AS run_no,
                coalesce(runs.duplicate_of, runs.id) AS canonical_id, file_versions.version_no AS version_no, files.version_count AS newest_no
            FROM runs JOIN files ON files.workspace_id = runs.workspace_id AND files.id = runs.document_id
            JOIN file_versions ON file_versions.workspace_id = runs.workspace_id AND file_versions.id = runs.version_id
            WHERE runs.workspace_id = ? AND runs.dedupe_key = ?
            """, [.id(workspace), .text(key.rawValue)])
        return try row.map { row in
            EqualRun(
                id: try row.id("id"), document: try row.id("document_id"), status: try row.word("status"), number: try row.int("run_no"),
                canonical: try row.id("canonical_id"), isCurrent: try row.integer("version_no") == row.integer("newest_no"))
        }
    }

    /// Takes its key from a run whose document is locked.
    func takeKey(from run: RunID, in workspace: WorkspaceID) throws {
        _ = try execute("UPDATE runs SET dedupe_key = NULL WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(run)])
    }

    /// As `takeKey`, unless the run was to recognise nothing: nobody would read more.
    func takeKeyOfRecognizable(_ run: RunID, in workspace: WorkspaceID) throws {
        _ = try execute(
            "UPDATE runs SET dedupe_key = NULL WHERE workspace_id = ? AND id = ? AND settings NOT LIKE ?",
            [.id(workspace), .id(run), .text("%\(RunSettings.recognizesNothing)%")])
    }

    /// Gives a run the key of its work, unless somebody holds it or is just about to. The run's document is locked.
    func takeKeyIfFree(for run: RunID, in workspace: WorkspaceID) throws {
        let row = try row(
            """
            SELECT file_versions.sha256 AS sha256, file_versions.bytes AS bytes, runs.type AS type, runs.extractor AS extractor,
                runs.extractor_version AS extractor_version, runs.settings AS settings
            FROM runs JOIN file_versions ON file_versions.workspace_id = runs.workspace_id AND file_versions.id = runs.version_id
            WHERE runs.workspace_id = ? AND runs.id = ? AND runs.dedupe_key IS NULL
            """, [.id(workspace), .id(run)])
        guard let row else { return }
        let key = DedupeKey(
            sha256: try row.text("sha256"), bytes: try row.integer("bytes"), type: try row.text("type"),
            extractor: try row.text("extractor"), version: try row.text("extractor_version"), settings: try row.text("settings"))
        guard try triesLockingEqualWork(key, in: workspace), try holder(of: key, in: workspace) == nil else { return }
        _ = try execute(
            "UPDATE runs SET dedupe_key = ? WHERE workspace_id = ? AND id = ?", [.text(key.rawValue), .id(workspace), .id(run)])
    }

    /// Adds a run that is complete at once: it serves the results of a complete run of equal work, whose document is locked.
    ///
    /// - Parameters:
    ///   - isFirst: Whether its document was made for it.
    ///   - key: What it is to hold; nil where another holds the key.
    func addDuplicate(
        _ id: RunID, of canonical: RunID, over version: DocumentVersion, isFirst: Bool, key: DedupeKey?, in scope: WorkspaceScope
    ) throws {
        let workspace = scope.workspace
        let number = try countRun(of: version.documentID, isFirst: isFirst, waits: false, in: workspace)
        _ = try execute(
            "UPDATE files SET current_run_id = ? WHERE workspace_id = ? AND id = ?", [.id(id), .id(workspace), .id(version.documentID)])
        let added = try row(
            """
            INSERT INTO runs (workspace_id, id, document_id, version_id, run_no, type, status, step, extractor, extractor_version, settings,
                pages_done, pages_total, item_count, warnings, duplicate_of, dedupe_key, trace_id, created_at, updated_at, completed_at,
                expires_at)
            SELECT workspace_id, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT), type, 'complete', 'done', extractor,
                extractor_version, settings, pages_done, pages_total, item_count, warnings, id, CAST(? AS TEXT), CAST(? AS TEXT), colophon_now(), colophon_now(),
                colophon_now(), colophon_now() + (SELECT keep_results FROM workspaces WHERE workspaces.id = runs.workspace_id)
            FROM runs WHERE workspace_id = ? AND id = ? AND status = 'complete' AND duplicate_of IS NULL
            RETURNING pages_done
            """,
            [
                .id(id), .id(version.documentID), .id(version.id), .integer(number), key.map { .text($0.rawValue) } ?? .null, .id(id),
                .id(workspace), .id(canonical),
            ])
        guard let added else { throw ColophonError(.internal, "Run \(canonical) was to be reused, but is not complete.") }
        try appendEvent(
            .complete, of: version.documentID, run: id, actor: scope.actor,
            meta: ["duplicateOf": canonical.rawValue, "pages": "\(try added.int("pages_done"))"], in: workspace)
        noteChange(version.documentID, .upsert, in: workspace)
    }
}
