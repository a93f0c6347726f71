package import ColophonCore

extension SQLStore {
    package func list(_ query: DocumentQuery, in scope: WorkspaceScope) async throws -> DocumentListing {
        if let listing = try await keptListing(query, in: scope.workspace) { return listing }
        let start = ContinuousClock.now
        let listing = try await database.walk { try ListReader(connection: $0, query: query, workspace: scope.workspace).listing() }
        if query.mayBeKept && start.duration(to: .now) >= KeptLists.slow { lists.wish(for: scope.workspace) }
        return listing
    }

    package func documentRow(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        try await database.read { try $0.documentRow(id, in: scope.workspace) }
    }
}
