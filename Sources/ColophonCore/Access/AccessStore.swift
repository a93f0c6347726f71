/// Who may act, and where. All times are the database's; nothing here judges a secret or an expiry but `stillValid`, `key` and `signIn`.
package protocol AccessStore: Sendable {
    /// Makes the workspace if there is none with this id.
    func ensureWorkspace(_ id: WorkspaceID, name: String) async throws

    /// Stores a key and makes it a member of its workspace.
    ///
    /// - Parameters:
    ///   - key: Its times count for nothing.
    ///   - lifetime: Nil is for ever.
    func addKey(_ key: StoredKey, role: Role, lifetime: Duration?) async throws

    /// A key that is neither revoked nor expired; nil otherwise.
    func key(_ id: KeyID) async throws -> StoredKey?

    /// Every workspace's keys, oldest first; the operator's view.
    func keys() async throws -> [StoredKey]

    /// Ends a key's validity at once, and what sessions have by it.
    ///
    /// - Throws: `notFound` when there is no such key.
    func revokeKey(_ id: KeyID) async throws

    /// What is known of a key, valid or not, and its role in a workspace.
    ///
    /// - Parameter workspace: Nil asks for the key's own.
    /// - Returns: Nil for a key that was never made.
    func access(of key: KeyID, in workspace: WorkspaceID?) async throws -> KeyAccess?

    /// What is known of a session, valid or not, and what role it and its key have in a workspace.
    ///
    /// - Parameters:
    ///   - personal: The session's own workspace, where it is not stored.
    ///   - workspace: Nil asks for the session's own.
    func access(of session: SessionID, personal: WorkspaceID, in workspace: WorkspaceID?) async throws -> SessionAccess

    /// Stores a session, its own workspace and its membership of it as an editor; whatever is there already stays as it is. The key that it is
    /// signed in with becomes the workspace's admin. Any number of processes may call this at once.
    ///
    /// - Parameter policy: What the workspace keeps, if it is made now.
    /// - Throws: `unauthorized` when another session has this id.
    func establish(_ session: NewSession, keeping policy: RetentionPolicy) async throws

    /// Stores a session that is signed in with a key. The session that it replaces is revoked if it is stored and valid, and hands its own
    /// workspace on. The key becomes an admin of that workspace, if it exists.
    ///
    /// - Throws: `unauthorized` when the key has been revoked or has expired.
    func signIn(_ session: NewSession, with key: KeyID, replacing old: NewSession?) async throws

    /// Ends a session's validity; one that is not stored, or is over, stays so.
    func revokeSession(_ id: SessionID) async throws

    /// The memberships of these, in order of workspace id and member, at most 1,024.
    func memberships(of members: [Member]) async throws -> [Membership]

    /// Makes somebody a member, or gives a member another role.
    ///
    /// - Throws: `notFound` when there is no such workspace, or no such key or session.
    func grant(_ role: Role, to member: Member, in workspace: WorkspaceID) async throws

    /// Ends a membership.
    ///
    /// - Throws: `notFound` when there is none.
    func ungrant(_ member: Member, in workspace: WorkspaceID) async throws

    /// Those of the grants that still hold: key or session valid, membership there. A session that is not stored keeps its own.
    ///
    /// - Complexity: One statement for up to 1,024 keys' grants, and one for sessions'.
    func stillValid(_ grants: [Grant]) async throws -> Set<Grant>

    /// Records that keys and sessions were used about now: a key's at most once a minute, a session's once an hour.
    func noteUse(of members: [Member]) async throws
}

extension AccessStore {
    package func addKey(_ key: StoredKey) async throws { try await addKey(key, role: .admin, lifetime: nil) }
}

/// What the database knows of a key at one moment.
package struct KeyAccess: Sendable {
    package var key: StoredKey
    /// In the workspace that was asked for; nil when it is no member, or there is none.
    package var role: Role?
    package var now: Timestamp

    package init(key: StoredKey, role: Role?, now: Timestamp) {
        self.key = key
        self.role = role
        self.now = now
    }
}

/// What the database knows of a session at one moment.
package struct SessionAccess: Sendable {
    /// Nil when it is not stored.
    package var session: StoredSession?
    /// The key that it is signed in with, valid or not.
    package var key: StoredKey?
    /// Its own role in the workspace that was asked for.
    package var role: Role?
    /// Its key's role there.
    package var keyRole: Role?
    /// Whether its own workspace exists; known where it has no role there.
    package var hasWorkspace: Bool
    package var now: Timestamp

    package init(session: StoredSession?, key: StoredKey?, role: Role?, keyRole: Role?, hasWorkspace: Bool, now: Timestamp) {
        self.session = session
        self.key = key
        self.role = role
        self.keyRole = keyRole
        self.hasWorkspace = hasWorkspace
        self.now = now
    }
}
