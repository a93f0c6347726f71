package import ColophonCore

extension SQLStore {
    package func list(_ query: DocumentQuery, in scope: WorkspaceScope) async throws -> DocumentListing {
        try await database.walk { try ListReader(connection: $0, query: query, workspace: scope.workspace).listing() }
    }

    package func documentRow(_ id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentRow {
        try await database.read { try $0.documentRow(id, in: scope.workspace) }
    }
}
