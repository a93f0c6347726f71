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

    package func memberships(of members: [Member]) async throws -> [Membership] {
        guard !members.isEmpty else { return [] }
        return try await database.read { connection in
            let wanted = SQLTable(connection.dialect, "wanted", [("member", .text)], members.prefix(SQLTable.rowsMax).map { [.member($0)] })
            return try connection.rows(
                """
                \(wanted.sql) SELECT m.member, m.workspace_id, m.role, w.name AS name FROM wanted
                JOIN memberships m ON m.member = wanted.member JOIN workspaces w ON w.id = m.workspace_id
                ORDER BY m.workspace_id, m.member LIMIT 1024
                """, wanted.values
            ).map(Membership.init(row:))
        }
    }

    package func grant(_ role: Role, to member: Member, in workspace: WorkspaceID) async throws {
        try await database.write { transaction in
            let (table, id): (String, SQLValue) =
                switch member {
                case .key(let id): ("api_keys", .id(id))
                case .session(let id): ("sessions", .id(id))
                }
            guard try transaction.row("SELECT 1 AS one FROM \(table) WHERE id = ? AND revoked_at IS NULL", [id]) != nil else {
                throw ColophonError(.notFound, "There is no valid \(member).")
            }
            guard try transaction.row("SELECT 1 AS one FROM workspaces WHERE id = ?", [.id(workspace)]) != nil else {
                throw ColophonError.unknownWorkspace()
            }
            try transaction.setRole(role, of: member, in: workspace)
        }
    }

    package func ungrant(_ member: Member, in workspace: WorkspaceID) async throws {
        try await database.write { transaction in
            let removed = try transaction.execute(
                "DELETE FROM memberships WHERE member = ? AND workspace_id = ?", [.member(member), .id(workspace)])
            guard removed == 1 else { throw ColophonError(.notFound, "\(member) is no member of workspace \(workspace).") }
        }
    }

    package func stillValid(_ grants: [Grant]) async throws -> Set<Grant> {
        let keys = grants.filter { if case .key = $0.member { true } else { false } }
        let sessions = grants.filter { if case .session = $0.member { true } else { false } }
        return try await database.read { connection in
            var valid: Set<Grant> = []
            for (some, sql) in keys.tables.map({ ($0, Self.validKeys) }) + sessions.tables.map({ ($0, Self.validSessions) }) {
                let wanted = SQLTable(
                    connection.dialect, "wanted", [("member", .text), ("id", .text), ("workspace_id", .text)],
                    some.map { [.member($0.member), .text($0.member.id), .id($0.workspace)] })
                for row in try connection.rows("\(wanted.sql) \(sql)", wanted.values) {
                    guard let member = Member(try row.text("member")) else { continue }
                    valid.insert(Grant(member: member, workspace: try row.id("workspace_id")))
                }
            }
            return valid
        }
    }

    private static let validKeys = """
        SELECT wanted.member, wanted.workspace_id FROM wanted
        JOIN api_keys k ON k.id = wanted.id AND \(AccessSQL.keyIsValid("k"))
        JOIN memberships m ON m.member = wanted.member AND m.workspace_id = wanted.workspace_id
        """

    /// A session's own workspace needs no membership as long as it is not there; where it is, a session that is not stored has been.
    private static let validSessions = """
        SELECT wanted.member, wanted.workspace_id FROM wanted
        LEFT JOIN sessions s ON s.id = wanted.id
        LEFT JOIN api_keys k ON k.id = s.key_id AND \(AccessSQL.keyIsValid("k"))
        WHERE wanted.id IS NOT NULL AND (
            s.id IS NULL AND NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = wanted.workspace_id) OR \(AccessSQL.sessionIsValid("s")) AND (
            EXISTS (SELECT 1 FROM memberships m WHERE m.member = wanted.member AND m.workspace_id = wanted.workspace_id)
            OR EXISTS (SELECT 1 FROM memberships m WHERE m.member = 'key:' || k.id AND m.workspace_id = wanted.workspace_id)
            OR wanted.workspace_id = s.workspace_id AND NOT EXISTS (SELECT 1 FROM workspaces w WHERE w.id = s.workspace_id)))
        """

    package func noteUse(of members: [Member]) async throws {
        guard !members.isEmpty else { return }
        let keys = members.compactMap { if case .key(let id) = $0 { SQLValue.id(id) } else { nil } }
        let sessions = members.compactMap { if case .session(let id) = $0 { SQLValue.id(id) } else { nil } }
        try await database.write { transaction in
            for some in keys.tables { try transaction.noteUse(of: some, in: "api_keys", after: .seconds(60)) }
            for some in sessions.tables { try transaction.noteUse(of: some, in: "sessions", after: .seconds(3600)) }
        }
    }
}

extension SQLTransaction {
    /// - Parameter unlessMember: Leaves a member's role as it is.
    func setRole(_ role: Role, of member: Member, in workspace: WorkspaceID, unlessMember: Bool = false) throws {
        _ = try execute(
            """
            INSERT INTO memberships (member, workspace_id, role, created_at) VALUES (?, ?, ?, colophon_now())
            ON CONFLICT (member, workspace_id) DO \(unlessMember ? "NOTHING" : "UPDATE SET role = excluded.role")
            """, [.member(member), .id(workspace), .text(role.rawValue)])
    }

    /// Rows that somebody else is writing just now are passed over, so that two who note the same never wait for each other.
    fileprivate func noteUse(of ids: ArraySlice<SQLValue>, in table: String, after pause: Duration) throws {
        let used = SQLTable(dialect, "used", [("id", .text)], ids.map { [$0] })
        let due = try rows(
            """
            \(used.sql) SELECT \(table).id FROM used JOIN \(table) ON \(table).id = used.id
            WHERE coalesce(\(table).last_used_at, 0) <= colophon_now() - ? \(dialect.forUpdateSkippingLocked(of: table))
            """, used.values + [.milliseconds(pause)])
        guard !due.isEmpty else { return }
        let now = SQLTable(dialect, "used", [("id", .text)], try due.map { [.text(try $0.text("id"))] })
        _ = try execute(
            "\(now.sql) UPDATE \(table) SET last_used_at = colophon_now() FROM used WHERE \(table).id = used.id", now.values)
    }
}

extension Membership {
    init(row: SQLRow) throws {
        guard let member = Member(try row.text("member")) else {
            throw ColophonError(.internal, "The database holds a malformed member.")
        }
        self.init(member: member, workspace: try row.id("workspace_id"), workspaceName: try row.text("name"), role: try row.word("role"))
    }
}

extension Member {
    fileprivate var id: String {
        switch self {
        case .key(let id): id.rawValue
        case .session(let id): id.rawValue
        }
    }
}
