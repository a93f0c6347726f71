/// A secret that opens a workspace; only its hash is stored.
///
/// Its text is `colophon_<id>_<secret>`: 16 hexadecimal digits that look it up, then 256 random bits in base64url.
package struct APIKey: Sendable, CustomStringConvertible {
    package let id: KeyID
    private let secret: Secret

    /// A new key from the system's random source.
    package static func make() -> Self {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return Self(id: KeyID(rawValue: Hex.encode(id)), secret: Secret.make())
    }

    /// A key as a client sent it; nil when it cannot be one.
    package init?(text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count == 3, parts[0] == "colophon", parts[1].isHex(digits: 16),
            let secret = Secret(text: parts[2])
        else { return nil }
        self.init(id: KeyID(rawValue: String(parts[1])), secret: secret)
    }

    private init(id: KeyID, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    package var text: String { "colophon_\(id)_\(secret.text)" }

    package var hash: [UInt8] { secret.hash }

    /// Compares in time that depends on nothing secret.
    package func matches(_ stored: [UInt8]) -> Bool { secret.matches(stored) }

    /// Without the secret: for logs.
    package var description: String { "colophon_\(id)_…" }
}

/// What is stored of a key.
package struct StoredKey: Sendable, Equatable {
    package var id: KeyID
    /// Where it acts when it names no workspace.
    package var workspace: WorkspaceID
    package var name: String
    package var hash: [UInt8]
    /// The most that may be done with it, whatever its memberships allow.
    package var scope: Permission
    package var createdAt: Timestamp
    /// Nil is never.
    package var expiresAt: Timestamp?
    /// Late by up to a minute and a half; nil before the first use.
    package var lastUsedAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        id: KeyID, workspace: WorkspaceID, name: String, hash: [UInt8], scope: Permission = .admin, createdAt: Timestamp,
        expiresAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil, revokedAt: Timestamp?
    ) {
        self.id = id
        self.workspace = workspace
        self.name = name
        self.hash = hash
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.lastUsedAt = lastUsedAt
        self.revokedAt = revokedAt
    }

    /// - Parameter now: The time on the database's clock.
    package func isValid(at now: Timestamp) -> Bool { revokedAt == nil && expiresAt.map { now < $0 } ?? true }
}
