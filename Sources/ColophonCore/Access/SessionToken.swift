/// What a browser's cookie holds: a session's id, a dot, and 256 random bits in base64url.
///
/// The id follows from the secret, and so does the workspace that is the session's own: a browser has both before anything is stored, and nobody
/// can choose either.
package struct SessionToken: Sendable, CustomStringConvertible {
    package let id: SessionID
    private let secret: Secret

    package static func make() -> Self { Self(secret: Secret.make()) }

    /// A token as a browser sent it; nil when it cannot be one.
    package init?(text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard text.utf8.count == 60, parts.count == 2, parts[0].isHex(digits: 16), let secret = Secret(text: parts[1]) else { return nil }
        self.init(secret: secret)
        guard id.rawValue == parts[0] else { return nil }
    }

    private init(secret: Secret) {
        self.secret = secret
        id = SessionID(rawValue: String(secret.derived(for: "colophon session").prefix(16)))
    }

    package var text: String { "\(id).\(secret.text)" }

    package var hash: [UInt8] { secret.hash }

    /// Compares in time that depends on nothing secret.
    package func matches(_ stored: [UInt8]) -> Bool { secret.matches(stored) }

    /// The workspace that the session makes with its first write.
    package var personalWorkspace: WorkspaceID {
        WorkspaceID(rawValue: "s" + secret.derived(for: "colophon workspace").prefix(32))
    }

    /// Without the secret: for logs.
    package var description: String { "\(id).…" }
}
