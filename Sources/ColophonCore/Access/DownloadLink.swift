import Crypto

/// What opens one run's XML to whoever has it, for a while, without any other credential: a capability that is signed and not stored.
///
/// Its text is `<claims>.<signature>`, both base64url: the claims say who gave it, where, for which run and until when; the signature is
/// HMAC-SHA-256 (RFC 2104) over them, with the stored hash of the giver's own key or session as its secret. So every process of a server can
/// check it, and it ends with the key or session that gave it.
struct DownloadLink: Sendable, CustomStringConvertible {
    let member: Member
    let workspace: WorkspaceID
    let run: RunID
    let expiresAt: Timestamp
    private let signature: [UInt8]

    /// Longer texts are none; ids and a time take some 160.
    private static let textBytesMax = 512
    private static let purpose = "colophon download link 1"

    init(run: RunID, in workspace: WorkspaceID, by member: Member, until expiresAt: Timestamp, secret: [UInt8]) {
        (self.run, self.workspace, self.member, self.expiresAt) = (run, workspace, member, expiresAt)
        let claims = Self.claims(run, workspace, member, expiresAt)
        signature = Array(HMAC<SHA256>.authenticationCode(for: Self.signed(claims), using: SymmetricKey(data: secret)))
    }

    /// A link as a client sent it, its signature unchecked; nil when it cannot be one.
    init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.textBytesMax, parts.count == 2, let claims = Base64URL.decode(String(parts[0])),
            let signature = Base64URL.decode(String(parts[1])), signature.count == SHA256.byteCount
        else { return nil }
        let words = String(decoding: claims, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, let member = Member(words[2]), let milliseconds = Int64(words[3]), milliseconds >= 0 else { return nil }
        (run, workspace, self.member) = (RunID(rawValue: words[0]), WorkspaceID(rawValue: words[1]), member)
        expiresAt = Timestamp(milliseconds: milliseconds)
        self.signature = Array(signature)
    }

    var text: String {
        "\(Base64URL.encode(Self.claims(run, workspace, member, expiresAt).utf8)).\(Base64URL.encode(signature))"
    }

    /// Compares in time that depends on nothing secret.
    func isSigned(with secret: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            signature, authenticating: Self.signed(Self.claims(run, workspace, member, expiresAt)), using: SymmetricKey(data: secret))
    }

    /// Without the signature: for logs.
    var description: String { "link to \(run)" }

    private static func claims(_ run: RunID, _ workspace: WorkspaceID, _ member: Member, _ expiresAt: Timestamp) -> String {
        "\(run)\n\(workspace)\n\(member)\n\(expiresAt.milliseconds)"
    }

    /// The purpose comes first, so that nothing that is signed for another can be one of these.
    private static func signed(_ claims: String) -> [UInt8] { Array("\(purpose)\n\(claims)".utf8) }
}
