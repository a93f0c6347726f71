extension Library {
    package func document(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentDetail {
        try await store.document(id, in: scope)
    }

    /// - Parameter limit: Nil takes the default; more than the most is an error.
    package func documents(limit: Int?, after: DocumentID?, in scope: WorkspaceScope) async throws -> Page<DocumentDetail> {
        let limit = try checked(limit, default: limits.listDefault, max: limits.listMax)
        return Page(try await store.documents(limit: limit + 1, after: after, in: scope), limit: limit)
    }

    package func delete(_ id: DocumentID, in scope: WorkspaceScope) async throws {
        try scope.require(.write)
        try await store.deleteDocument(id, in: scope)
    }

    package func events(of id: DocumentID, after seq: Int64, limit: Int?, in scope: WorkspaceScope) async throws -> Page<DocumentEvent> {
        guard seq >= 0 else { throw ColophonError(.invalid, "after must be 0 or a sequence number.", field: "after") }
        let limit = try checked(limit, default: limits.listMax, max: limits.eventsMax)
        return Page(try await store.events(of: id, after: seq, limit: limit + 1, in: scope), limit: limit)
    }

    package func runs(of id: DocumentID, limit: Int?, before number: Int?, in scope: WorkspaceScope) async throws -> Page<Run> {
        let limit = try checked(limit, default: limits.listDefault, max: limits.listMax)
        return Page(try await store.runs(of: id, limit: limit + 1, before: number, in: scope), limit: limit)
    }

    package func run(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try await store.run(run, of: id, in: scope)
    }

    /// A run with what tells why it moves, or does not.
    package func runDetail(_ run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> RunDetail {
        try await store.runDetail(run, of: id, in: scope)
    }

    /// Cancels one run, or every run that is not final; the newest run is returned then.
    package func cancel(_ run: RunID?, of id: DocumentID, in scope: WorkspaceScope) async throws -> Run {
        try scope.require(.write)
        return if let run { try await store.cancelRun(run, of: id, in: scope) } else { try await store.cancelRuns(of: id, in: scope) }
    }

    func checked(_ limit: Int?, default fallback: Int, max: Int) throws -> Int {
        guard let limit else { return fallback }
        guard (1...max).contains(limit) else { throw ColophonError(.invalid, "limit must be from 1 to \(max).", field: "limit") }
        return limit
    }
}
