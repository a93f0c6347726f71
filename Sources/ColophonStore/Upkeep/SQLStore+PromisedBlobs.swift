package import ColophonCore

extension SQLStore {
    package func promisedBlobs(of documents: [DocumentKey]) async throws -> [PromisedBlob] {
        try await database.read { connection in
            let documents = SQLTable.documents(documents, connection.dialect)
            let versions = try connection.rows(
                """
                \(documents.sql) \(PromisedBlob.versionColumns) FROM looked_at d CROSS JOIN file_versions v
                WHERE v.expired_at IS NULL AND v.workspace_id = d.workspace_id AND v.document_id = d.document_id
                """, documents.values)
            let artifacts = try connection.rows(
                """
                \(documents.sql) \(PromisedBlob.artifactColumns) FROM looked_at d CROSS JOIN runs r CROSS JOIN artifacts a
                WHERE r.expired_at IS NULL AND r.workspace_id = d.workspace_id AND r.document_id = d.document_id
                    AND a.workspace_id = r.workspace_id AND a.run_id = r.id
                """, documents.values)
            return try (versions + artifacts).map(PromisedBlob.init(row:))
        }
    }

    package func promised(among keys: [String]) async throws -> Set<String> {
        try await database.read { connection in
            try Set(
                keys.filter { key in
                    try connection.row("\(PromisedBlob.versions) AND v.blob_key = ?", [.text(key)]) != nil
                        || connection.row("\(PromisedBlob.artifacts) AND a.blob_key = ?", [.text(key)]) != nil
                })
        }
    }
}

extension PromisedBlob {
    /// Uploaded bytes that have not expired; conditions follow.
    static let versions = "\(versionColumns) FROM file_versions v WHERE v.expired_at IS NULL"

    /// Results of runs that have not expired; conditions follow.
    static let artifacts = """
        \(artifactColumns) FROM artifacts a JOIN runs r ON r.workspace_id = a.workspace_id AND r.id = a.run_id WHERE r.expired_at IS NULL
        """

    fileprivate static let versionColumns = """
        SELECT v.workspace_id AS workspace_id, v.document_id AS document_id, v.id AS version_id, NULL AS run_id, v.blob_key AS blob_key,
            v.bytes AS bytes, v.sha256 AS sha256, v.id AS place, '' AS kind
        """

    fileprivate static let artifactColumns = """
        SELECT a.workspace_id AS workspace_id, r.document_id AS document_id, r.version_id AS version_id, a.run_id AS run_id,
            a.blob_key AS blob_key, a.bytes AS bytes, a.sha256 AS sha256, a.run_id AS place, a.kind AS kind
        """

    init(row: SQLRow) throws {
        self.init(
            workspace: try row.id("workspace_id"), document: try row.id("document_id"), version: try row.id("version_id"),
            run: try row.optionalID("run_id"), key: try row.text("blob_key"), bytes: try row.integer("bytes"),
            sha256: try row.text("sha256"))
    }
}
