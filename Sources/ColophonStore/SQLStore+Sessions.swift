package import ColophonCore

extension SQLStore {
    package func access(of session: SessionID, personal: WorkspaceID, in workspace: WorkspaceID?) async throws -> SessionAccess {
        try await database.read { connection in
            guard let row = try connection.row(Self.sessionAccess, [workspace.map { .id($0) } ?? .null, .id(session)]) else {
                return SessionAccess(
                    session: nil, key: nil, role: nil, keyRole: nil, hasWorkspace: try connection.hasWorkspace(personal),
                    now: try connection.now())
            }
            let stored = try StoredSession(row: row)
            let role: Role? = try row.optionalWord("role")
            return SessionAccess(
                session: stored, key: try stored.key.map { _ in try StoredKey(row: row, prefix: "key_") }, role: role,
                keyRole: try row.optionalWord("key_role"),
                hasWorkspace: role == nil ? try connection.hasWorkspace(stored.workspace) : true, now: try row.time("now"))
        }
    }

    private static let sessionAccess = """
        SELECT s.*, k.workspace_id AS key_workspace_id, k.name AS key_name, k.secret_hash AS key_secret_hash, k.scope AS key_scope,
            k.created_at AS key_created_at, k.expires_at AS key_expires_at, k.last_used_at AS key_last_used_at, k.revoked_at AS key_revoked_at,
            own.role AS role, by_key.role AS key_role, colophon_now() AS now
        FROM (SELECT sessions.*, coalesce(CAST(? AS TEXT), workspace_id) AS asked FROM sessions WHERE id = ?) s
        LEFT JOIN api_keys k ON k.id = s.key_id
        LEFT JOIN memberships own ON own.member = 'session:' || s.id AND own.workspace_id = s.asked
        LEFT JOIN memberships by_key ON by_key.member = 'key:' || s.key_id AND by_key.workspace_id = s.asked
        """

    package func establish(_ session: NewSession, keeping policy: RetentionPolicy) async throws {
        try await database.write { transaction in
            let keeps: [SQLValue] = [policy.sources, policy.results, policy.afterDownload].map { $0.map { .milliseconds($0) } ?? .null }
            _ = try transaction.execute(
                """
                INSERT INTO workspaces (id, name, created_at, keep_sources, keep_results, keep_downloaded)
                VALUES (?, ?, colophon_now(), CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT)) ON CONFLICT DO NOTHING
                """, [.id(session.workspace), .text(Library.personalName)] + keeps)
            _ = try transaction.execute(
                "INSERT INTO workspace_feeds (workspace_id) VALUES (?) ON CONFLICT DO NOTHING", [.id(session.workspace)])
            let stored = try transaction.add(session, key: nil)
            try transaction.setRole(.editor, of: .session(session.id), in: session.workspace, unlessMember: true)
            if let key = stored.key { try transaction.setRole(.admin, of: .key(key), in: session.workspace, unlessMember: true) }
        }
    }

    package func signIn(_ session: NewSession, with key: KeyID, replacing old: NewSession?) async throws {
        try await database.write { transaction in
            guard try transaction.validKey(key) != nil else { throw ColophonError.unauthorized() }
            var session = session
            // What another key administers stays with that key: whoever left this session behind would go on reading.
            if let old, let replaced = try transaction.revoke(old), replaced.key ?? key == key { session.workspace = replaced.workspace }
            _ = try transaction.add(session, key: key)
            guard try transaction.hasWorkspace(session.workspace) else { return }
            try transaction.setRole(.editor, of: .session(session.id), in: session.workspace)
            try transaction.setRole(.admin, of: .key(key), in: session.workspace)
        }
    }

    package func trimSessions(limit: Int) async throws -> Int {
        try await database.write { transaction in
            let due = try transaction.rows(
                """
                SELECT id FROM sessions WHERE expires_at <= colophon_now() ORDER BY expires_at LIMIT ?
                \(transaction.dialect.forUpdateSkippingLocked(of: "sessions"))
                """, [.int(limit)])
            for ids in try due.map({ SQLValue.text(try $0.text("id")) }).tables {
                let gone = SQLTable(transaction.dialect, "gone", [("id", .text)], ids.map { [$0] })
                _ = try transaction.execute(
                    "\(gone.sql) DELETE FROM memberships WHERE member IN (SELECT 'session:' || id FROM gone WHERE id IS NOT NULL)",
                    gone.values)
                _ = try transaction.execute(
                    "\(gone.sql) DELETE FROM sessions WHERE id IN (SELECT id FROM gone WHERE id IS NOT NULL)", gone.values)
            }
            return due.count
        }
    }

    package func revokeSession(_ id: SessionID) async throws {
        try await database.write { transaction in
            _ = try transaction.execute("UPDATE sessions SET revoked_at = colophon_now() WHERE id = ? AND revoked_at IS NULL", [.id(id)])
        }
    }
}

extension SQLTransaction {
    /// Stores a session unless it is stored already, and gives what is stored.
    fileprivate func add(_ session: NewSession, key: KeyID?) throws -> StoredSession {
        _ = try execute(
            """
            INSERT INTO sessions (id, secret_hash, workspace_id, key_id, created_at, last_used_at, expires_at)
            VALUES (?, ?, ?, ?, colophon_now(), colophon_now(), colophon_now() + ?) ON CONFLICT DO NOTHING
            """,
            [
                .id(session.id), .bytes(session.hash), .id(session.workspace), key.map { .id($0) } ?? .null,
                .milliseconds(StoredSession.lifetime),
            ])
        let row = try row("SELECT * FROM sessions WHERE id = ? AND secret_hash = ?", [.id(session.id), .bytes(session.hash)])
        guard let row else { throw ColophonError.unauthorized() }
        return try StoredSession(row: row)
    }

    /// Ends a session, with its membership of its own workspace.
    ///
    /// - Returns: What it was; nil when it was not stored or is over.
    fileprivate func revoke(_ session: NewSession) throws -> StoredSession? {
        let row = try row(
            """
            UPDATE sessions SET revoked_at = colophon_now() WHERE id = ? AND secret_hash = ? AND \(AccessSQL.sessionIsValid("sessions"))
            RETURNING *
            """, [.id(session.id), .bytes(session.hash)])
        guard let row else { return nil }
        _ = try execute("DELETE FROM memberships WHERE member = ?", [.member(.session(session.id))])
        return try StoredSession(row: row)
    }
}

extension SQLConnection {
    fileprivate func hasWorkspace(_ id: WorkspaceID) throws -> Bool {
        try row("SELECT 1 AS one FROM workspaces WHERE id = ?", [.id(id)]) != nil
    }
}

extension StoredSession {
    init(row: SQLRow) throws {
        self.init(
            id: try row.id("id"), hash: try row.bytes("secret_hash"), workspace: try row.id("workspace_id"),
            key: try row.optionalID("key_id"),
            createdAt: try row.time("created_at"), lastUsedAt: try row.time("last_used_at"), expiresAt: try row.time("expires_at"),
            revokedAt: try row.optionalTime("revoked_at"))
    }
}
