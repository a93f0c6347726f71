import Crypto
import FoundationEssentials

/// A secret that opens one workspace; only its hash is stored.
///
/// Its text is `colophon_<id>_<secret>`: 16 hexadecimal digits that look it up, then 256 random bits in base64url.
package struct APIKey: Sendable {
    package let id: KeyID
    private let secret: String

    /// A new key from the system's random source.
    package static func make() -> Self {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let secret = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let text = Data(secret).base64EncodedString().map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }.filter { $0 != "=" }
        return Self(id: KeyID(rawValue: Hex.encode(id)), secret: String(text))
    }

    /// A key as a client sent it; nil when it cannot be one.
    package init?(text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count == 3, parts[0] == "colophon", parts[1].count == 16, parts[2].count == 43 else {
            return nil
        }
        self.init(id: KeyID(rawValue: String(parts[1])), secret: String(parts[2]))
    }

    private init(id: KeyID, secret: String) {
        self.id = id
        self.secret = secret
    }

    package var text: String { "colophon_\(id)_\(secret)" }

    /// SHA-256 of the secret: a 256-bit random secret needs no slow hash.
    package var hash: [UInt8] { Array(SHA256.hash(data: Array(secret.utf8))) }

    /// Compares in time that depends on nothing secret.
    package func matches(_ stored: [UInt8]) -> Bool {
        let mine = hash
        guard mine.count == stored.count else { return false }
        return zip(mine, stored).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// What is stored of a key.
package struct StoredKey: Sendable, Equatable {
    package var id: KeyID
    package var workspace: WorkspaceID
    package var name: String
    package var hash: [UInt8]
    package var createdAt: Timestamp
    package var revokedAt: Timestamp?

    package init(id: KeyID, workspace: WorkspaceID, name: String, hash: [UInt8], createdAt: Timestamp, revokedAt: Timestamp?) {
        self.id = id
        self.workspace = workspace
        self.name = name
        self.hash = hash
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}
