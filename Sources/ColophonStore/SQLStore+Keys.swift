package import ColophonCore

extension SQLStore {
    package func addKey(_ key: StoredKey, role: Role, lifetime: Duration?) async throws {
        try await database.write { transaction in
            _ = try transaction.execute(
                """
                INSERT INTO api_keys (id, workspace_id, name, secret_hash, scope, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, colophon_now(), colophon_now() + CAST(? AS BIGINT))
                """,
                [
                    .id(key.id), .id(key.workspace), .text(key.name), .bytes(key.hash), .text(key.scope.rawValue),
                    lifetime.map { .milliseconds($0) } ?? .null,
                ])
            try transaction.setRole(role, of: .key(key.id), in: key.workspace)
        }
    }

    package func key(_ id: KeyID) async throws -> StoredKey? {
        try await database.read { try $0.validKey(id) }
    }

    package func keys() async throws -> [StoredKey] {
        try await database.read { connection in
            try connection.rows("SELECT * FROM api_keys ORDER BY created_at, id", []).map { try StoredKey(row: $0) }
        }
    }

    package func revokeKey(_ id: KeyID) async throws {
        try await database.write { transaction in
            let revoked = try transaction.execute(
                "UPDATE api_keys SET revoked_at = colophon_now() WHERE id = ? AND revoked_at IS NULL", [.id(id)])
            guard revoked == 1 else { throw ColophonError(.notFound, "No valid key has this id.") }
        }
    }

    package func access(of key: KeyID, in workspace: WorkspaceID?) async throws -> KeyAccess? {
        try await database.read { connection in
            try connection.row(
                """
                SELECT k.*, m.role AS role, colophon_now() AS now FROM api_keys k
                LEFT JOIN memberships m ON m.member = ? AND m.workspace_id = coalesce(CAST(? AS TEXT), k.workspace_id)
                WHERE k.id = ?
                """, [.member(.key(key)), workspace.map { .id($0) } ?? .null, .id(key)]
            ).map { KeyAccess(key: try StoredKey(row: $0), role: try $0.optionalWord("role"), now: try $0.time("now")) }
        }
    }
}

extension SQLConnection {
    /// A key that is neither revoked nor expired.
    func validKey(_ id: KeyID) throws -> StoredKey? {
        try row("SELECT * FROM api_keys WHERE id = ? AND \(AccessSQL.keyIsValid("api_keys"))", [.id(id)]).map { try StoredKey(row: $0) }
    }
}

/// Conditions that several statements have in common.
enum AccessSQL {
    static func keyIsValid(_ table: String) -> String {
        "\(table).revoked_at IS NULL AND coalesce(\(table).expires_at, \(Int64.max)) > colophon_now()"
    }

    static func sessionIsValid(_ table: String) -> String {
        """
        \(table).revoked_at IS NULL AND \(table).expires_at > colophon_now()
        AND \(table).last_used_at > colophon_now() - \(StoredSession.idleMax.wholeMilliseconds)
        """
    }
}

extension StoredKey {
    /// - Parameter prefix: What the columns' names begin with.
    init(row: SQLRow, prefix: String = "") throws {
        self.init(
            id: try row.id("\(prefix)id"), workspace: try row.id("\(prefix)workspace_id"), name: try row.text("\(prefix)name"),
            hash: try row.bytes("\(prefix)secret_hash"), scope: try row.word("\(prefix)scope"),
            createdAt: try row.time("\(prefix)created_at"),
            expiresAt: try row.optionalTime("\(prefix)expires_at"), lastUsedAt: try row.optionalTime("\(prefix)last_used_at"),
            revokedAt: try row.optionalTime("\(prefix)revoked_at"))
    }
}

extension SQLValue {
    static func member(_ member: Member) -> Self { .text("\(member)") }
}

extension SQLRow {
    /// As `word`, where the column may be null.
    func optionalWord<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word? {
        try optionalText(column) == nil ? nil : try word(column)
    }
}
