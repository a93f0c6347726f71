/// What is stored of a browser's session.
package struct StoredSession: Sendable, Equatable {
    /// How long a session lasts at most.
    package static let lifetime = Duration.seconds(30 * 86_400)
    /// How long it lasts without being used.
    package static let idleMax = Duration.seconds(7 * 86_400)

    package var id: SessionID
    package var hash: [UInt8]
    /// Its own, which need not exist before the session's first write there.
    package var workspace: WorkspaceID
    /// The key that its holder signed in with.
    package var key: KeyID?
    package var createdAt: Timestamp
    /// Late by up to an hour.
    package var lastUsedAt: Timestamp
    package var expiresAt: Timestamp
    package var revokedAt: Timestamp?

    package init(
        id: SessionID, hash: [UInt8], workspace: WorkspaceID, key: KeyID?, createdAt: Timestamp, lastUsedAt: Timestamp,
        expiresAt: Timestamp,
        revokedAt: Timestamp?
    ) {
        self.id = id
        self.hash = hash
        self.workspace = workspace
        self.key = key
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// - Parameter now: The time on the database's clock.
    package func isValid(at now: Timestamp) -> Bool { revokedAt == nil && now < expiresAt && now < lastUsedAt + Self.idleMax }
}

/// A session that is about to be stored.
package struct NewSession: Sendable {
    package var id: SessionID
    package var hash: [UInt8]
    /// Its own.
    package var workspace: WorkspaceID

    /// - Parameter workspace: Nil takes the token's.
    package init(_ token: SessionToken, workspace: WorkspaceID? = nil) {
        id = token.id
        hash = token.hash
        self.workspace = workspace ?? token.personalWorkspace
    }
}
