extension Library {
    /// Signs a browser in with a key: a new session, with a new secret, takes the place of the one that it had.
    ///
    /// What somebody may have planted in the browser before opens nothing afterwards.
    ///
    /// - Parameter old: The session that it had; one that is not valid counts for nothing.
    /// - Throws: `unauthorized`, in the same words whatever is wrong with the key.
    package func signIn(key text: String, replacing old: SessionToken?) async throws -> SessionToken {
        guard let key = APIKey(text: text), let stored = try await store.key(key.id), key.matches(stored.hash) else {
            throw ColophonError.unauthorized()
        }
        let token = SessionToken.make()
        try await store.signIn(NewSession(token), with: key.id, replacing: old.map { NewSession($0) })
        uses.note(.key(key.id))
        return token
    }

    /// Ends a session; of one that is not stored there is nothing to end.
    ///
    /// - Throws: `forbidden` for a key, which is revoked by its operator.
    package func signOut(_ principal: Principal) async throws {
        guard case .session(let id) = principal.member else {
            throw ColophonError(
                .forbidden, "Only a session can sign out; a key is revoked with `colophon key revoke`.", reason: "FORBIDDEN")
        }
        try await store.revokeSession(id)
    }

    /// Every workspace that somebody may see, their own first.
    package func workspaces(of principal: Principal) async throws -> [WorkspaceAccess] {
        let members = [principal.member] + (principal.key.map { [.key($0.id)] } ?? [])
        var found: [WorkspaceID: WorkspaceAccess] = [:]
        for membership in try await store.memberships(of: Array(Set(members))) {
            // What a key may do bounds what is done by it, and not what its holder's session may do on its own.
            let byKey = principal.key.map { membership.member == .key($0.id) } ?? false
            let permission = min(membership.role.permission, byKey ? principal.key?.scope ?? .read : .admin)
            if let known = found[membership.workspace], known.permission >= permission { continue }
            found[membership.workspace] = WorkspaceAccess(
                id: membership.workspace, name: membership.workspaceName, role: membership.role, permission: permission)
        }
        let personal = principal.personalWorkspace
        if principal.unestablished != nil, found[personal] == nil {
            found[personal] = WorkspaceAccess(id: personal, name: Self.personalName, role: .editor, permission: .write)
        }
        return found.values.sorted { ($0.id == personal ? 0 : 1, $0.id.rawValue) < ($1.id == personal ? 0 : 1, $1.id.rawValue) }
    }

    /// What the workspace of a session is called.
    package static let personalName = "Personal"
}

/// A workspace as one who may see it is told of it.
package struct WorkspaceAccess: Sendable, Equatable {
    package var id: WorkspaceID
    package var name: String
    package var role: Role
    package var permission: Permission

    package init(id: WorkspaceID, name: String, role: Role, permission: Permission) {
        self.id = id
        self.name = name
        self.role = role
        self.permission = permission
    }
}
