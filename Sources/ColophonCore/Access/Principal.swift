/// Somebody whose credential is good, with what they may do in the workspace that they ask for.
package struct Principal: Sendable {
    package let member: Member
    /// What to call them: the key's name, or `anonymous`.
    package let name: String
    /// The key by which a session is signed in, while that is valid; a key's own.
    package let key: StoredKey?
    /// A key's workspace, or a session's own, which need not exist yet.
    package let personalWorkspace: WorkspaceID
    /// The one that was asked for; the personal one where none was named.
    package let workspace: WorkspaceID
    /// What may be done there; nil for who is no member, and for a workspace that does not exist.
    package let permission: Permission?
    /// What is to be stored before the first write.
    let unestablished: NewSession?
    /// Whether anything is known of them: anybody can invent a session that is not stored.
    package let isStored: Bool

    package var isSignedIn: Bool { key != nil }

    /// A key's owner.
    init(_ found: KeyAccess, asking workspace: WorkspaceID?) {
        member = .key(found.key.id)
        name = found.key.name
        key = found.key
        personalWorkspace = found.key.workspace
        self.workspace = workspace ?? found.key.workspace
        permission = found.role.map { min($0.permission, found.key.scope) }
        unestablished = nil
        isStored = true
    }

    /// A session's holder.
    ///
    /// - Parameter found: Of a stored session that is valid, or of one that may be stored.
    init(_ found: SessionAccess, token: SessionToken, asking workspace: WorkspaceID?) {
        let personal = found.session?.workspace ?? token.personalWorkspace
        let asked = workspace ?? personal
        let key = found.key.flatMap { $0.isValid(at: found.now) ? $0 : nil }
        // Until its first write a session's own workspace is not there, and nobody else can have it.
        let isUnestablished = asked == personal && found.role == nil && !found.hasWorkspace
        let own = isUnestablished ? Permission.write : found.role?.permission
        let byKey = key.flatMap { key in found.keyRole.map { min($0.permission, key.scope) } }
        member = .session(token.id)
        name = key?.name ?? "anonymous"
        self.key = key
        personalWorkspace = personal
        self.workspace = asked
        permission = [own, byKey].compactMap(\.self).max()
        unestablished = isUnestablished ? NewSession(token, workspace: personal) : nil
        isStored = found.session != nil
    }
}
