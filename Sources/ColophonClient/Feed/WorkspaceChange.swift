public import ColophonAPI

/// What `Workspace.changes(since:)` tells.
public enum WorkspaceChange: Sendable, Equatable {
    /// A part of the workspace's documents. Changes follow once the last part was given.
    case snapshot(SnapshotPage)
    /// A document was made or changed, or its run got on.
    case upsert(documentId: String, position: ChangePosition)
    /// A document was deleted.
    case delete(documentId: String, position: ChangePosition)
    /// What came next is not to be had any more; a new snapshot follows, and replaces all that was known.
    case resync(ResyncReason)

    /// The place to go on from once this change is dealt with; none in the middle of a snapshot, whose rest would be missing.
    public var position: ChangePosition? {
        switch self {
        case .snapshot(let page): page.isLast ? page.position : nil
        case .upsert(_, let position), .delete(_, let position): position
        case .resync: nil
        }
    }
}

/// Some of a workspace's documents.
public struct SnapshotPage: Sendable, Equatable {
    /// In the order of their ids, over all pages of a snapshot. They are at least as new as `position`: changes that follow may tell of
    /// what is in them already.
    public var documents: [DocumentOut]
    /// Where the changes that follow the snapshot begin; the same in all its pages.
    public var position: ChangePosition
    /// Whether a snapshot begins with this page: what was known before is to be forgotten.
    public var isFirst: Bool
    /// Whether it ends with this page.
    public var isLast: Bool

    public init(documents: [DocumentOut], position: ChangePosition, isFirst: Bool, isLast: Bool) {
        self.documents = documents
        self.position = position
        self.isFirst = isFirst
        self.isLast = isLast
    }
}

/// Why changes cannot be told one by one. Open: a newer server may know others.
public struct ResyncReason: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    /// The feed does not reach back so far.
    public static let cursorExpired = Self(rawValue: "cursor_expired")
    /// The feed ends before that place: the server's data were restored from a backup.
    public static let cursorAhead = Self(rawValue: "cursor_ahead")
    /// The feed has a gap that the server does not fill.
    public static let gap = Self(rawValue: "gap")
}

/// How a sequence of changes stands with its server; for people to see, nothing needs to be done.
public enum ConnectionNotice: Sendable {
    /// The stream is open; changes come as they happen.
    case connected
    /// The stream broke off, or a request failed; it is tried again. Without a cause the server closed it.
    case interrupted(cause: ClientError?)
    /// The stream cannot be had; the feed is asked for changes every few seconds instead.
    case polling
}
