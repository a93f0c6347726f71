extension Library {
    /// The workspace that `serve` makes for those who need only one.
    package static let defaultWorkspace = WorkspaceID(rawValue: "default")

    /// Turns a credential into the right to act in a workspace.
    ///
    /// - Parameter workspace: Nil is the key's own, or the session's.
    /// - Throws: `unauthorized`, in the same words whatever is wrong with the credential; `notFound` with reason `WORKSPACE_NOT_FOUND` for who is
    ///   no member, and where there is no such workspace; `forbidden` for a member who may do less.
    /// - Complexity: One read of the database; a session's first write in its own workspace stores both first.
    package func authenticate(_ credential: Credential?, workspace: WorkspaceID?, needs: Permission) async throws -> WorkspaceScope {
        try await admit(try await principal(credential, in: workspace), needs: needs)
    }

    /// Who shows a credential, and what they may do in a workspace.
    ///
    /// - Throws: `unauthorized`, in the same words whatever is wrong with it.
    package func principal(_ credential: Credential?, in workspace: WorkspaceID? = nil) async throws -> Principal {
        switch credential {
        case .key(let text):
            guard let key = APIKey(text: text), let found = try await store.access(of: key.id, in: workspace), key.matches(found.key.hash),
                found.key.isValid(at: found.now)
            else { throw ColophonError.unauthorized() }
            noteUse(of: found.key, at: found.now)
            return Principal(found, asking: workspace)
        case .session(let text):
            guard let token = SessionToken(text: text) else { throw ColophonError.unauthorized() }
            let found = try await store.access(of: token.id, personal: token.personalWorkspace, in: workspace)
            guard isValid(found, token: token) else { throw ColophonError.unauthorized() }
            let principal = Principal(found, token: token, asking: workspace)
            if let session = found.session, session.lastUsedAt + .seconds(3600) <= found.now { uses.note(principal.member) }
            if let key = principal.key { noteUse(of: key, at: found.now) }
            return principal
        case nil: throw ColophonError.unauthorized()
        }
    }

    /// Lets somebody act in the workspace that they asked for; a session's own is stored before its first write.
    package func admit(_ principal: Principal, needs: Permission) async throws -> WorkspaceScope {
        guard let permission = principal.permission else { throw ColophonError.unknownWorkspace() }
        let scope = WorkspaceScope(workspace: principal.workspace, actor: "\(principal.member)", permission: permission)
        try scope.require(needs)
        if needs > .read, let session = principal.unestablished {
            try await store.establish(session, keeping: principal.isSignedIn ? RetentionPolicy() : .anonymous)
        }
        return scope
    }

    /// Those of the grants that still hold, at a time that lies within this call.
    package func stillValid(_ grants: Set<Grant>) async throws -> Set<Grant> {
        grants.isEmpty ? [] : try await store.stillValid(Array(grants))
    }

    /// A session that is not stored is good while its own workspace is not there: otherwise it has been, and is over.
    private func isValid(_ found: SessionAccess, token: SessionToken) -> Bool {
        guard let session = found.session else { return limits.allowsAnonymous && !found.hasWorkspace }
        guard token.matches(session.hash), session.isValid(at: found.now) else { return false }
        return limits.allowsAnonymous || found.key.map { $0.isValid(at: found.now) } ?? false
    }

    private func noteUse(of key: StoredKey, at now: Timestamp) {
        if let last = key.lastUsedAt, now < last + .seconds(60) { return }
        uses.note(.key(key.id))
    }
}

extension RetentionPolicy {
    /// What the workspace of an anonymous session keeps unless it is told otherwise.
    package static let anonymous = RetentionPolicy(sources: .seconds(7 * 86_400), results: .seconds(30 * 86_400))
}
