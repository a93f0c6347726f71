/// Who may be a member of a workspace; the text is the name that events give an actor.
package enum Member: Hashable, Sendable, CustomStringConvertible {
    case key(KeyID)
    case session(SessionID)

    /// - Returns: Nil for the name of anybody else.
    package init?(_ text: String) {
        if text.hasPrefix("key:") {
            self = .key(KeyID(rawValue: String(text.dropFirst(4))))
        } else if text.hasPrefix("session:") {
            self = .session(SessionID(rawValue: String(text.dropFirst(8))))
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .key(let id): "key:\(id)"
        case .session(let id): "session:\(id)"
        }
    }
}

/// A member's place in a workspace.
package struct Membership: Sendable, Equatable {
    package var member: Member
    package var workspace: WorkspaceID
    package var workspaceName: String
    package var role: Role

    package init(member: Member, workspace: WorkspaceID, workspaceName: String, role: Role) {
        self.member = member
        self.workspace = workspace
        self.workspaceName = workspaceName
        self.role = role
    }
}

/// Somebody's right to see a workspace, for those who watch it for long and must notice when the right ends.
package struct Grant: Hashable, Sendable {
    package let member: Member
    package let workspace: WorkspaceID

    package init(member: Member, workspace: WorkspaceID) {
        self.member = member
        self.workspace = workspace
    }
}
