package import ColophonCore

extension SQLStore {
    package func checkName(_ name: String, in scope: WorkspaceScope) async throws {
        let holder = try await database.read { try $0.holder(ofName: name, in: scope.workspace) }
        if holder != nil { throw ColophonError.nameTaken(name) }
    }

    package func createDocument(_ new: NewDocument, in scope: WorkspaceScope) async throws -> CreatedDocument {
        let ids = UploadIdentifiers(document: .make(on: machine), version: .make(on: machine), run: .make(on: machine))
        return try await database.write { try $0.create(new, as: ids, in: scope) }
    }

    package func addVersion(_ new: NewVersion, to id: DocumentID, in scope: WorkspaceScope) async throws -> CreatedDocument {
        let ids = UploadIdentifiers(document: id, version: .make(on: machine), run: .make(on: machine))
        return try await database.write { transaction in
            try transaction.lock(id, in: scope.workspace)
            _ = try transaction.liveDocument(id, in: scope.workspace)
            return try transaction.addVersion(new, as: ids, in: scope)
        }
    }
}

extension SQLTransaction {
    fileprivate func create(_ new: NewDocument, as ids: UploadIdentifiers, in scope: WorkspaceScope) throws -> CreatedDocument {
        let workspace = scope.workspace
        var name = new.name
        switch new.conflict {
        case .keepBoth: name = try freeName(name, in: workspace)
        case .reject:
            try lockName(name, in: workspace)
            if try holder(ofName: name, in: workspace) != nil { throw ColophonError.nameTaken(name) }
        case .uploadNewVersion:
            try lockName(name, in: workspace)
            if let holder = try holder(ofName: name, in: workspace) {
                // Should it have gone, a document is made after all, which must not wait for this while it holds another.
                try lockEqualWork(new.key, in: workspace)
                try lock(holder, in: workspace)
                // It may have been renamed or deleted while we waited.
                if try self.holder(ofName: name, in: workspace) == holder {
                    let version = UploadIdentifiers(document: holder, version: ids.version, run: ids.run)
                    let added = try addVersion(new.bytes, as: version, in: scope)
                    return try complete(added, with: new, in: scope)
                }
            }
        }
        return try make(named: name, new, as: ids, in: scope)
    }

    /// Gives a document that got other bytes what came with them: metadata in place of its own, tags beside its own.
    private func complete(_ added: CreatedDocument, with new: NewDocument, in scope: WorkspaceScope) throws -> CreatedDocument {
        if new.metadata == .empty && new.tags.isEmpty { return added }
        let edit = try DocumentEdit(
            metadata: new.metadata == .empty ? nil : new.metadata,
            tags: new.tags.isEmpty ? nil : TagEdit(add: new.tags, remove: []).applied(to: added.row.tags))
        var added = added
        added.row = try apply(edit, to: added.row, in: scope)
        return added
    }

    private func make(named name: String, _ new: NewDocument, as ids: UploadIdentifiers, in scope: WorkspaceScope) throws -> CreatedDocument
    {
        let workspace = scope.workspace
        let key = new.key
        try lockEqualWork(key, in: workspace)
        let equal = try equalRun(key, beside: nil, in: workspace)
        guard try insertDocument(ids.document, name: name, new.bytes, metadata: new.metadata, in: scope) else {
            throw ColophonError(.internal, "A new document's id was taken.")
        }
        try appendEvent(.created, of: ids.document, actor: scope.actor, meta: ["name": name], in: workspace)
        let (version, _) = try recordBytes(new.bytes, as: ids, renaming: nil, isFirst: true, in: workspace)
        try add(new.tags, to: ids.document, in: workspace)
        let isHeld = equal?.isCurrent ?? false
        if let equal, !isHeld { try takeKey(from: equal.id, in: workspace) }
        // Who keeps both wants both processed.
        if new.bytes.process, new.conflict != .keepBoth, let equal, equal.status == .complete {
            try addDuplicate(ids.run, of: equal.canonical, over: version, isFirst: true, key: isHeld ? nil : key, in: scope)
        } else {
            _ = try addRun(
                ids.run, isQueued: new.bytes.process, over: version, isFirst: true, isRepetition: false, recipe: new.bytes.recipe,
                key: isHeld ? nil : key, in: scope)
        }
        return CreatedDocument(row: try documentRow(ids.document, in: workspace), created: true, reused: nil)
    }

    /// Records bytes as a locked, living document's newest, with a run that always runs.
    fileprivate func addVersion(_ new: NewVersion, as ids: UploadIdentifiers, in scope: WorkspaceScope) throws -> CreatedDocument {
        let (version, isReused) = try recordBytes(new, as: ids, renaming: nil, isFirst: false, in: scope.workspace)
        let run = try addRun(
            ids.run, isQueued: new.process, over: version, isFirst: false, isRepetition: isReused, recipe: new.recipe, in: scope)
        try takeKeyIfFree(for: run.id, in: scope.workspace)
        return CreatedDocument(
            row: try documentRow(ids.document, in: scope.workspace), created: false, reused: isReused ? version : nil)
    }
}

extension NewDocument {
    fileprivate var key: DedupeKey { DedupeKey(sha256: bytes.receipt.sha256, bytes: bytes.receipt.bytes, recipe: bytes.recipe) }
}
