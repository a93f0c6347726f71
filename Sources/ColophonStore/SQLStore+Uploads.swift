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
        let created = try makeDocument(ids.document, name: upload.originalName, in: scope)
        if created { try appendEvent(.created, of: ids.document, actor: scope.actor, meta: ["name": upload.originalName], in: workspace) }

        let newest = created ? nil : try version(of: ids.document, in: workspace)
        let reused = newest.flatMap {
            $0.expiredAt == nil && $0.sha256 == upload.receipt.sha256 && $0.bytes == upload.receipt.bytes ? $0 : nil
        }
        if let reused { try renewSource(reused.id, in: workspace) }
        let version = try reused ?? addVersion(ids.version, of: ids.document, upload, in: workspace)
        // Who stands for other bytes by now gives the key up.
        let isHeld = equal?.isCurrent ?? false
        if let equal, !isHeld { try takeKey(from: equal.id, in: workspace) }
        if upload.process, let equal, equal.status == .complete {
            try addDuplicate(ids.run, of: equal.canonical, over: version, key: isHeld ? nil : key, in: scope)
        } else {
            _ = try addRun(
                ids.run, isQueued: upload.process, over: version, isRepetition: reused != nil, extractor: upload.extractor,
                key: isHeld ? nil : key, in: scope)
        }
        return UploadOutcome(detail: try detail(of: ids.document, in: workspace), created: created, reusedVersion: reused != nil)
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

    /// - Returns: Whether the document is new.
    private func makeDocument(_ id: DocumentID, name: String, in scope: WorkspaceScope) throws -> Bool {
        // Of two that come at once with one id, the second waits here for the first's commit.
        let inserted = try execute(
            """
            INSERT INTO files (workspace_id, id, name, created_at, updated_at) VALUES (?, ?, ?, colophon_now(), colophon_now())
            ON CONFLICT DO NOTHING
            """, [.id(scope.workspace), .id(id), .text(name)])
        if inserted == 1 { return true }
        try lock(id, in: scope.workspace)
        let existing = try row("SELECT deleted_at FROM files WHERE workspace_id = ? AND id = ?", [.id(scope.workspace), .id(id)])
        guard let existing, try existing.optionalTime("deleted_at") == nil else {
            throw ColophonError(.conflict, "A document with this id was deleted; choose another id.", reason: "DOCUMENT_DELETED")
        }
        return false
    }

    private func addVersion(
        _ id: VersionID, of document: DocumentID, _ upload: Upload, in workspace: WorkspaceID
    ) throws -> DocumentVersion {
        let counted = try row(
            "UPDATE files SET version_count = version_count + 1, name = ?, updated_at = colophon_now() WHERE workspace_id = ? AND id = ? "
                + "RETURNING version_count",
            [.text(upload.originalName), .id(workspace), .id(document)])
        guard let number = try counted?.integer("version_count") else { throw ColophonError.unknownDocument() }
        _ = try execute(
            """
            INSERT INTO file_versions
                (workspace_id, id, document_id, version_no, sha256, bytes, content_type, original_name, blob_key, created_at,
                expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, colophon_now(),
                colophon_now() + (SELECT keep_sources FROM workspaces WHERE workspaces.id = ?))
            """,
            [
                .id(workspace), .id(id), .id(document), .integer(number), .text(upload.receipt.sha256), .integer(upload.receipt.bytes),
                .text(upload.contentType), .text(upload.originalName), .text(upload.receipt.key.rawValue), .id(workspace),
            ])
        return try version(id, of: document, in: workspace)
    }
}
