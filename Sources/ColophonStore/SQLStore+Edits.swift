package import ColophonCore
import FoundationEssentials

extension SQLStore {
    package func edit(_ id: DocumentID, _ edit: DocumentEdit, in scope: WorkspaceScope) async throws -> DocumentRow {
        let workspace = scope.workspace
        return try await database.write { transaction in
            // Names are locked before documents, whoever takes one.
            if let name = edit.name { try transaction.lockName(name, in: workspace) }
            try transaction.lock(id, in: workspace)
            return try transaction.apply(edit, to: try transaction.documentRow(id, in: workspace), in: scope)
        }
    }

    package func editTags(of ids: [DocumentID], _ edit: TagEdit, in scope: WorkspaceScope) async throws -> Batch<DocumentRow> {
        try await database.write { transaction in
            let live = try transaction.lockLive(ids, in: scope.workspace)
            for row in try transaction.documentRows(live.inOrder, in: scope.workspace) {
                try transaction.replaceTags(row.tags, with: try edit.applied(to: row.tags), of: row.id, in: scope)
            }
            let rows = try transaction.documentRows(ids.filter(live.ids.contains), in: scope.workspace)
            return Batch(items: rows, notFound: ids.filter { !live.ids.contains($0) })
        }
    }

    package func restore(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        let workspace = scope.workspace
        return try await database.write { transaction in
            let name = try transaction.row("SELECT name FROM files WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(id)])
            guard let name = try name?.text("name") else { throw ColophonError.unknownDocument() }
            let free = try transaction.freeName(name, besides: id, in: workspace)
            try transaction.lock(id, in: workspace)
            let found = try transaction.row(
                "SELECT name, deleted_at, purged_at FROM files WHERE workspace_id = ? AND id = ?", [.id(workspace), .id(id)])
            guard let found else { throw ColophonError.unknownDocument() }
            guard try found.optionalTime("deleted_at") != nil else {
                throw ColophonError(.conflict, "The document is not deleted.", reason: "INVALID_STATE")
            }
            guard try found.text("name") == name else {
                throw ColophonError(.unavailable, "The document is just being changed; try again.", retryAfterSeconds: 1)
            }
            if try found.optionalTime("purged_at") != nil || transaction.version(of: id, in: workspace).expiredAt != nil {
                throw ColophonError.expired("The bytes of this document are")
            }
            _ = try transaction.execute(
                """
                UPDATE files SET deleted_at = NULL, deleted_by = NULL, active_at = \(transaction.dialect.activityTime)
                WHERE workspace_id = ? AND id = ?
                """, [.id(workspace), .id(id)])
            _ = try transaction.execute(
                "UPDATE tags SET is_live = 1 WHERE workspace_id = ? AND document_id = ?", [.id(workspace), .id(id)])
            if free != name { try transaction.rename(id, to: free, in: workspace) }
            try transaction.appendEvent(
                .restored, of: id, actor: scope.actor, meta: free == name ? [:] : ["name": free], in: workspace)
            transaction.noteChange(id, .upsert, in: workspace)
            return try transaction.documentRow(id, in: workspace)
        }
    }
}

extension SQLTransaction {
    /// Locks documents in the order in which everybody locks them.
    ///
    /// - Returns: Those that are living, in that order.
    func lockLive(_ ids: [DocumentID], in workspace: WorkspaceID) throws -> (ids: Set<DocumentID>, inOrder: [DocumentID]) {
        var found: [DocumentID] = []
        for ids in ids.tables {
            let table = SQLTable(dialect, "named", [("document_id", .text)], ids.map { [.id($0)] })
            found += try rows(
                """
                \(table.sql) SELECT files.id AS id FROM named CROSS JOIN files
                WHERE files.workspace_id = ? AND files.id = named.document_id AND files.deleted_at IS NULL
                ORDER BY files.id \(dialect.forUpdate(of: "files"))
                """, table.values + [.id(workspace)]
            ).map { try $0.id("id") }
        }
        return (Set(found), found)
    }

    /// Changes a locked, living document; its new name is locked too.
    func apply(_ edit: DocumentEdit, to before: DocumentRow, in scope: WorkspaceScope) throws -> DocumentRow {
        let (id, workspace) = (before.id, scope.workspace)
        var meta: [String: String] = [:]
        if let name = edit.name, name != before.name {
            if try holder(ofName: name, besides: id, in: workspace) != nil { throw ColophonError.nameTaken(name) }
            try rename(id, to: name, in: workspace)
            meta["name"] = name
        }
        if let metadata = edit.metadata, metadata != before.metadata {
            _ = try execute(
                "UPDATE files SET metadata = ? WHERE workspace_id = ? AND id = ?", [.text(metadata.json), .id(workspace), .id(id)])
            // Of what length it is, not what it says: histories are kept, and it may be long.
            meta["metadata"] = "\(metadata.json.utf8.count) bytes"
        }
        if !meta.isEmpty { try noteEdit(.edited, of: id, meta: meta, in: scope) }
        if let tags = edit.tags { try replaceTags(before.tags, with: tags, of: id, in: scope) }
        return try documentRow(id, in: workspace)
    }

    fileprivate func rename(_ id: DocumentID, to name: String, in workspace: WorkspaceID) throws {
        _ = try execute(
            "UPDATE files SET name = ?, name_key = ? WHERE workspace_id = ? AND id = ?",
            [.text(name), .text(DocumentName.key(name)), .id(workspace), .id(id)])
    }

    /// Says that a locked document was changed.
    fileprivate func noteEdit(_ kind: DocumentEvent.Kind, of id: DocumentID, meta: [String: String], in scope: WorkspaceScope) throws {
        _ = try execute(
            "UPDATE files SET edited_at = \(dialect.editTime), active_at = \(dialect.activityTime) WHERE workspace_id = ? AND id = ?",
            [.id(scope.workspace), .id(id)])
        try appendEvent(kind, of: id, actor: scope.actor, meta: meta, in: scope.workspace)
        noteChange(id, .upsert, in: scope.workspace)
    }

    /// Gives a locked, living document other tags.
    ///
    /// - Parameters:
    ///   - before: What it has.
    ///   - after: Normalised, sorted.
    fileprivate func replaceTags(_ before: [String], with after: [String], of id: DocumentID, in scope: WorkspaceScope) throws {
        let removed = DocumentTag.sorted(Set(before).subtracting(after))
        let added = DocumentTag.sorted(Set(after).subtracting(before))
        if removed.isEmpty && added.isEmpty { return }
        if !removed.isEmpty {
            let gone = try dialect.isAmong("tag", removed)
            _ = try execute(
                "DELETE FROM tags WHERE workspace_id = ? AND document_id = ? AND \(gone.sql)",
                [.id(scope.workspace), .id(id)] + gone.values)
        }
        try add(added, to: id, in: scope.workspace)
        var meta: [String: String] = [:]
        if !added.isEmpty { meta["added"] = try SQLFragment.json(added) }
        if !removed.isEmpty { meta["removed"] = try SQLFragment.json(removed) }
        try noteEdit(.tagged, of: id, meta: meta, in: scope)
    }

    /// Adds tags that a living document does not have.
    func add(_ tags: [String], to id: DocumentID, in workspace: WorkspaceID) throws {
        if tags.isEmpty { return }
        let table = SQLTable(dialect, "new", [("tag", .text)], tags.map { [.text($0)] })
        _ = try execute(
            """
            \(table.sql) INSERT INTO tags (workspace_id, document_id, tag)
            SELECT CAST(? AS TEXT), CAST(? AS TEXT), tag FROM new WHERE tag IS NOT NULL
            """, table.values + [.id(workspace), .id(id)])
    }
}
