import ColophonCore

enum RunColumns {
    /// What `Run.init(row:)` reads.
    private static let names = [
        "id", "document_id", "version_id", "run_no", "status", "step", "attempt", "epoch", "extractor", "extractor_version", "settings",
        "pages_done",
        "pages_total", "item_count", "error_code", "error_message", "created_at", "updated_at", "started_at", "leased_by",
        "lease_expires_at", "duplicate_of", "expires_at", "expired_at", "warnings", "download_count", "first_downloaded_at",
    ]
    private static let end = "coalesce(runs.completed_at, runs.failed_at, runs.cancelled_at) AS"

    static let all = names.map { "runs.\($0), " }.joined() + "\(end) ended_at"

    /// How the columns' names begin where they stand beside those of a document.
    static let prefix = "run_of_"
    static let part = names.map { "runs.\($0) AS \(prefix)\($0), " }.joined() + "\(end) \(prefix)ended_at"
}

extension SQLConnection {
    /// A live document's newest run, or a named one.
    func run(_ run: RunID?, of id: DocumentID, in workspace: WorkspaceID) throws -> Run {
        _ = try liveDocument(id, in: workspace)
        let sql = "SELECT \(RunColumns.all) FROM runs WHERE workspace_id = ? AND document_id = ?"
        let found =
            if let run {
                try row("\(sql) AND id = ?", [.id(workspace), .id(id), .id(run)])
            } else {
                try row("\(sql) ORDER BY run_no DESC LIMIT 1", [.id(workspace), .id(id)])
            }
        guard let found else { throw ColophonError.unknownRun() }
        return try Run(row: found)
    }

    func liveDocument(_ id: DocumentID, in workspace: WorkspaceID) throws -> Document {
        guard
            let found = try row("SELECT * FROM files WHERE workspace_id = ? AND id = ? AND deleted_at IS NULL", [.id(workspace), .id(id)])
        else { throw ColophonError.unknownDocument() }
        return try Document(row: found)
    }

    func isLive(_ id: DocumentID, in workspace: WorkspaceID) throws -> Bool {
        try row("SELECT 1 AS one FROM files WHERE workspace_id = ? AND id = ? AND deleted_at IS NULL", [.id(workspace), .id(id)]) != nil
    }

    /// A version of a document, the newest one unless it is named.
    func version(_ version: VersionID? = nil, of id: DocumentID, in workspace: WorkspaceID) throws -> DocumentVersion {
        let sql = "SELECT * FROM file_versions WHERE workspace_id = ? AND document_id = ?"
        let found =
            if let version {
                try row("\(sql) AND id = ?", [.id(workspace), .id(id), .id(version)])
            } else {
                try row("\(sql) ORDER BY version_no DESC LIMIT 1", [.id(workspace), .id(id)])
            }
        guard let found else { throw ColophonError.unknownDocument() }
        return try DocumentVersion(row: found)
    }

    func detail(of id: DocumentID, in workspace: WorkspaceID) throws -> DocumentDetail {
        DocumentDetail(
            document: try liveDocument(id, in: workspace), version: try version(of: id, in: workspace),
            run: try run(nil, of: id, in: workspace))
    }
}

extension Document {
    init(row: SQLRow) throws {
        self.init(
            id: try row.id("id"), name: try row.text("name"), createdAt: try row.time("created_at"), updatedAt: try row.time("updated_at"),
            currentRunID: try row.optionalID("current_run_id"))
    }
}

extension DocumentVersion {
    init(row: SQLRow) throws {
        self.init(
            id: try row.id("id"), documentID: try row.id("document_id"), number: try row.int("version_no"), sha256: try row.text("sha256"),
            bytes: try row.integer("bytes"), contentType: try row.text("content_type"), originalName: try row.text("original_name"),
            blob: try row.blobKey(), createdAt: try row.time("created_at"), expiredAt: try row.optionalTime("expired_at"))
    }
}

extension Run {
    init(row: SQLRow) throws {
        let failure: RunFailure? =
            if let code = try row.optionalText("error_code") {
                RunFailure(RunFailure.Code(rawValue: code) ?? .unknown, try row.text("error_message"))
            } else { nil }
        self.init(
            id: try row.id("id"), documentID: try row.id("document_id"), versionID: try row.id("version_id"), number: try row.int("run_no"),
            status: try row.word("status"), step: try row.word("step"), attempt: try row.int("attempt"), epoch: try row.integer("epoch"),
            extractor: try row.text("extractor"), extractorVersion: try row.text("extractor_version"),
            settings: (try? RunSettings(json: row.text("settings"))) ?? RunSettings(), pagesDone: try row.int("pages_done"),
            pagesTotal: try row.optionalInt("pages_total"), itemCount: try row.optionalInt("item_count"), failure: failure,
            warnings: try WarningList.decode(row.optionalText("warnings")), createdAt: try row.time("created_at"),
            updatedAt: try row.time("updated_at"), startedAt: try row.optionalTime("started_at"),
            endedAt: try row.optionalTime("ended_at"), leasedBy: try row.optionalID("leased_by"),
            leaseExpiresAt: try row.optionalTime("lease_expires_at"), duplicateOf: try row.optionalID("duplicate_of"),
            expiresAt: try row.optionalTime("expires_at"), expiredAt: try row.optionalTime("expired_at"),
            downloadCount: try row.int("download_count"), firstDownloadedAt: try row.optionalTime("first_downloaded_at"))
    }
}

extension SQLRow {
    func blobKey() throws -> BlobKey {
        guard let key = BlobKey(listed: try text("blob_key")) else {
            throw ColophonError(.internal, "The database holds a malformed blob key.")
        }
        return key
    }
}
