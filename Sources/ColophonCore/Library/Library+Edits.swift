extension Library {
    /// The most documents of one call that names several.
    package static let batchMax = 200

    /// Changes a document's name, metadata or tags.
    ///
    /// - Throws: `conflict` with reason `NAME_CONFLICT` when another live document has the name.
    package func edit(_ id: DocumentID, _ edit: DocumentEdit, in scope: WorkspaceScope) async throws -> DocumentRow {
        try scope.require(.write)
        return try await store.edit(id, edit, in: scope)
    }

    /// Gives a document these tags and no others.
    package func replaceTags(of id: DocumentID, with tags: [String], in scope: WorkspaceScope) async throws -> DocumentRow {
        try await edit(id, DocumentEdit(tags: tags), in: scope)
    }

    /// Adds tags to a document and takes tags from it.
    ///
    /// - Throws: `notFound` for an unknown or deleted document.
    package func setTags(of id: DocumentID, add: [String], remove: [String], in scope: WorkspaceScope) async throws -> DocumentRow {
        let outcome = try await batchTags(of: [id], add: add, remove: remove, in: scope)
        guard let row = outcome.items.first else { throw ColophonError.unknownDocument() }
        return row
    }

    /// The same for several documents, all or none; unknown ones are told.
    package func batchTags(
        of ids: [DocumentID], add: [String], remove: [String], in scope: WorkspaceScope
    ) async throws -> Batch<DocumentRow> {
        try scope.require(.write)
        return try await store.editTags(of: try Self.each(ids), TagEdit(add: add, remove: remove), in: scope)
    }

    /// Deletes several documents, all or none; unknown ones are told.
    package func deleteDocuments(_ ids: [DocumentID], in scope: WorkspaceScope) async throws -> Batch<DocumentID> {
        try scope.require(.write)
        return try await store.deleteDocuments(try Self.each(ids), in: scope)
    }

    /// Undoes a deletion.
    ///
    /// - Throws: `conflict` when the document is not deleted; `notFound` with reason `EXPIRED` when its bytes are gone.
    package func restore(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        try scope.require(.write)
        return try await store.restore(id, in: scope)
    }

    /// Queues, for each document, the run that waits, or a new one; all or none, unknown documents are told.
    ///
    /// - Parameter change: What is to be other than in the waiting run's settings, or in this process's.
    package func startRuns(
        of ids: [DocumentID], changing change: SettingsChange = .none, in scope: WorkspaceScope
    ) async throws -> Batch<Run> {
        try scope.require(.write)
        let outcome = try await store.startRuns(
            of: try Self.each(ids), recipe: recipe, change: try checked(change), in: scope)
        if !outcome.items.isEmpty { announceWork() }
        return outcome
    }

    /// - Returns: Each once, in order.
    private static func each(_ ids: [DocumentID]) throws -> [DocumentID] {
        guard (1...batchMax).contains(ids.count) else {
            throw ColophonError(.invalid, "documentIds names from 1 to \(batchMax) documents.", field: "documentIds")
        }
        var seen: Set<DocumentID> = []
        return ids.filter { seen.insert($0).inserted }
    }
}
