package import ColophonCore

extension SQLStore {
    package func version(readBy run: RunID, of id: DocumentID, in scope: WorkspaceScope) async throws -> DocumentVersion {
        try await database.read { connection in
            let run = try connection.run(run, of: id, in: scope.workspace)
            return try connection.version(run.versionID, of: id, in: scope.workspace)
        }
    }
}
