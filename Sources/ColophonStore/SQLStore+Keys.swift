package import ColophonCore

extension SQLStore {
    package func ensureWorkspace(_ id: WorkspaceID, name: String) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                "INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, colophon_now()) ON CONFLICT DO NOTHING",
                [.id(id), .text(name)])
            _ = try transaction.execute("INSERT INTO workspace_feeds (workspace_id) VALUES (?) ON CONFLICT DO NOTHING", [.id(id)])
        }
    }

    package func addKey(_ key: StoredKey) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                "INSERT INTO api_keys (id, workspace_id, name, secret_hash, created_at) VALUES (?, ?, ?, ?, colophon_now())",
                [.id(key.id), .id(key.workspace), .text(key.name), .bytes(key.hash)])
        }
    }

    package func key(_ id: KeyID) async throws -> StoredKey? {
        try await database.read { connection in
            try connection.row("SELECT * FROM api_keys WHERE id = ? AND revoked_at IS NULL", [.id(id)]).map(StoredKey.init(row:))
        }
    }

    package func keys() async throws -> [StoredKey] {
        try await database.read { connection in
            try connection.rows("SELECT * FROM api_keys ORDER BY created_at, id", []).map(StoredKey.init(row:))
        }
    }

    package func revokeKey(_ id: KeyID) async throws {
        try await database.write { transaction in
            let revoked = try transaction.execute(
                "UPDATE api_keys SET revoked_at = colophon_now() WHERE id = ? AND revoked_at IS NULL", [.id(id)])
            guard revoked == 1 else { throw ColophonError(.notFound, "No valid key has this id.") }
        }
    }
}

extension StoredKey {
    init(row: SQLRow) throws {
        self.init(
            id: try row.id("id"), workspace: try row.id("workspace_id"), name: try row.text("name"), hash: try row.bytes("secret_hash"),
            createdAt: try row.time("created_at"), revokedAt: try row.optionalTime("revoked_at"))
    }
}
