package import ColophonCore

extension SQLStore {
    package func acceptUpload(_ upload: Upload, in scope: WorkspaceScope) async throws -> UploadOutcome {
        // Identifiers are made out here: the body may run twice, and both times must write the same rows.
        let ids = UploadIdentifiers(
            document: upload.documentID ?? .make(on: machine), version: .make(on: machine), run: .make(on: machine))
        return try await database.write { transaction in
            try transaction.accept(upload, as: ids, in: scope)
        }
    }
}

struct UploadIdentifiers: Sendable {
    var document: DocumentID
    var version: VersionID
    var run: RunID
}

extension SQLTransaction {
    fileprivate func accept(_ upload: Upload, as ids: UploadIdentifiers, in scope: WorkspaceScope) throws -> UploadOutcome {
        let (workspace, key) = (scope.workspace, upload.dedupeKey)
        try lockEqualWork(key, in: workspace)
        let equal = try equalRun(key, beside: upload.documentID, in: workspace)
        if upload.documentID == nil, upload.duplicate == .reuse, let equal, equal.isCurrent {
            return try reuse(equal, isWanted: upload.process, in: scope)
        }
        let bytes = NewVersion(
            receipt: upload.receipt, contentType: upload.contentType, originalName: upload.originalName, process: upload.process,
            recipe: upload.recipe)
        let created = try makeDocument(ids.document, name: upload.originalName, bytes, in: scope)
        if created { try appendEvent(.created, of: ids.document, actor: scope.actor, meta: ["name": upload.originalName], in: workspace) }
        let (version, reused) = try recordBytes(
            bytes, as: ids, renaming: upload.originalName, isFirst: created, in: workspace)
        // Who stands for other bytes by now gives the key up.
        let isHeld = equal?.isCurrent ?? false
        if let equal, !isHeld { try takeKey(from: equal.id, in: workspace) }
        if upload.process, let equal, equal.status == .complete {
            try addDuplicate(ids.run, of: equal.canonical, over: version, isFirst: created, key: isHeld ? nil : key, in: scope)
        } else {
            _ = try addRun(
                ids.run, isQueued: upload.process, over: version, isFirst: created, isRepetition: reused, recipe: upload.recipe,
                key: isHeld ? nil : key, in: scope)
        }
        return UploadOutcome(detail: try detail(of: ids.document, in: workspace), created: created, reusedVersion: reused)
    }

    /// Answers with a run of equal work.
    ///
    /// - Parameter isWanted: Whether the caller wants it processed: then a run that waits for somebody to start it is queued.
    private func reuse(_ equal: EqualRun, isWanted: Bool, in scope: WorkspaceScope) throws -> UploadOutcome {
        let (document, workspace) = (equal.document, scope.workspace)
        if isWanted, equal.status == .uploaded { try queue(equal.id, isRepetition: equal.number > 1, in: scope) }
        let newest = try version(of: document, in: workspace)
        try renewSource(newest.id, in: workspace)
        try renewResults(of: equal.id, in: workspace)
        let detail = DocumentDetail(
            document: try liveDocument(document, in: workspace), version: newest,
            run: try run(equal.id, of: document, in: workspace))
        return UploadOutcome(detail: detail, created: false, reusedVersion: false, dedupedFrom: equal.id)
    }

    /// Adds a document that is about to get its first version and run, with all that lists show of them: what indexes hold is written once.
    ///
    /// - Returns: Whether the document is new; one that is there is locked.
    private func makeDocument(_ id: DocumentID, name: String, _ bytes: NewVersion, in scope: WorkspaceScope) throws -> Bool {
        // Of two that come at once with one id, the second waits here for the first's commit.
        if try insertDocument(id, name: name, bytes, metadata: .empty, in: scope) { return true }
        try lock(id, in: scope.workspace)
        let existing = try row("SELECT deleted_at FROM files WHERE workspace_id = ? AND id = ?", [.id(scope.workspace), .id(id)])
        guard let existing, try existing.optionalTime("deleted_at") == nil else {
            throw ColophonError(.conflict, "A document with this id was deleted; choose another id.", reason: "DOCUMENT_DELETED")
        }
        return false
    }

    /// - Returns: Whether there was none with this id.
    func insertDocument(
        _ id: DocumentID, name: String, _ bytes: NewVersion, metadata: DocumentMetadata, in scope: WorkspaceScope
    ) throws -> Bool {
        try execute(
            """
            INSERT INTO files (workspace_id, id, name, name_key, content_type, file_type, byte_size, metadata, uploader, last_outcome, created_at,
                updated_at, edited_at, last_run_at, active_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, colophon_now(), colophon_now(), colophon_now(), colophon_now(), colophon_now())
            ON CONFLICT DO NOTHING
            """,
            [
                .id(scope.workspace), .id(id), .text(name), .text(DocumentName.key(name)), .text(bytes.contentType),
                .text(FileType.of(bytes.contentType).rawValue), .integer(bytes.receipt.bytes), .text(metadata.json), .text(scope.actor),
                bytes.process ? .null : .text(RunStatus.uploaded.rawValue),
            ]) == 1
    }

    /// Makes bytes a locked document's newest, unless they are.
    ///
    /// - Parameters:
    ///   - name: What the document is called from now on; nil leaves its name.
    ///   - isFirst: Whether the document was made for them.
    func recordBytes(
        _ bytes: NewVersion, as ids: UploadIdentifiers, renaming name: String?, isFirst: Bool, in workspace: WorkspaceID
    ) throws -> (version: DocumentVersion, isReused: Bool) {
        if !isFirst {
            let newest = try version(of: ids.document, in: workspace)
            if newest.expiredAt == nil && newest.sha256 == bytes.receipt.sha256 && newest.bytes == bytes.receipt.bytes {
                try renewSource(newest.id, in: workspace)
                return (newest, true)
            }
        }
        let number = try countVersion(bytes, of: ids.document, renaming: name, isFirst: isFirst, in: workspace)
        _ = try execute(
            """
            INSERT INTO file_versions
                (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key, created_at,
                expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, colophon_now(),
                colophon_now() + (SELECT keep_sources FROM workspaces WHERE workspaces.id = ?))
            """,
            [
                .id(workspace), .id(ids.version), .id(ids.document), .integer(number), .text(bytes.receipt.sha256),
                .integer(bytes.receipt.bytes), .text(bytes.contentType), .text(bytes.originalName), .text(bytes.receipt.key.rawValue),
                .id(workspace),
            ])
        return (try version(ids.version, of: ids.document, in: workspace), false)
    }

    private func countVersion(
        _ bytes: NewVersion, of document: DocumentID, renaming name: String?, isFirst: Bool, in workspace: WorkspaceID
    ) throws -> Int64 {
        let counted: SQLRow?
        if isFirst {
            counted = try row(
                "UPDATE files SET version_count = version_count + 1 WHERE workspace_id = ? AND id = ? RETURNING version_count",
                [.id(workspace), .id(document)])
        } else {
            counted = try row(
                """
                UPDATE files SET version_count = version_count + 1, content_type = ?, file_type = ?, byte_size = ?,
                    name = coalesce(?, name), name_key = coalesce(?, name_key), edited_at = \(dialect.editTime), active_at = \(dialect.activityTime),
                    updated_at = colophon_now()
                WHERE workspace_id = ? AND id = ? RETURNING version_count
                """,
                [
                    .text(bytes.contentType), .text(FileType.of(bytes.contentType).rawValue), .integer(bytes.receipt.bytes),
                    name.map(SQLValue.text) ?? .null, name.map { .text(DocumentName.key($0)) } ?? .null, .id(workspace), .id(document),
                ])
        }
        guard let number = try counted?.integer("version_count") else { throw ColophonError.unknownDocument() }
        return number
    }
}
