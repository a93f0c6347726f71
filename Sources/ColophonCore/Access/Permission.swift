/// What somebody may do in a workspace; each allows what the ones before it allow.
package enum Permission: String, CaseIterable, Comparable, Sendable {
    /// See documents, runs, results and the feed.
    case read
    /// Upload, change, run, cancel and delete.
    case write
    /// Decide who may do what.
    case admin

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What a member is in a workspace.
package enum Role: String, CaseIterable, Sendable {
    case viewer, editor, admin

    package var permission: Permission {
        switch self {
        case .viewer: .read
        case .editor: .write
        case .admin: .admin
        }
    }
}
