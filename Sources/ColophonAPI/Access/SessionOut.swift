/// Who a credential stands for, and where they may act.
public struct SessionOut: Codable, Sendable, Equatable {
    /// Always true: who is nobody gets an error.
    public var authenticated: Bool
    /// As events name them: `key:…` or `session:…`.
    public var actor: String
    /// The key's name, or `anonymous`.
    public var name: String
    /// Whether a key stands behind it, or asks itself.
    public var signedIn: Bool
    /// A key's own workspace, or a session's, which is made at its first write.
    public var personalWorkspaceId: String
    /// The personal one first.
    public var workspaces: [Workspace]

    public struct Workspace: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
        /// `viewer`, `editor` or `admin`.
        public var role: String
        /// `read`, `write` or `admin`: what may be done with this credential.
        public var permission: String

        public init(id: String, name: String, role: String, permission: String) {
            self.id = id
            self.name = name
            self.role = role
            self.permission = permission
        }
    }

    public init(actor: String, name: String, signedIn: Bool, personalWorkspaceId: String, workspaces: [Workspace]) {
        authenticated = true
        self.actor = actor
        self.name = name
        self.signedIn = signedIn
        self.personalWorkspaceId = personalWorkspaceId
        self.workspaces = workspaces
    }
}
