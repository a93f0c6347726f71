import Crypto

/// 256 random bits that prove who somebody is; only their hash is stored.
///
/// Its text is base64url without padding, 43 characters. Whatever prints or logs one prints none of it.
struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    let text: String

    /// A new one from the system's random source.
    static func make() -> Self {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return Self(checked: Base64URL.encode(bytes))
    }

    /// A secret as a client sent it; nil when it cannot be one.
    init?(text: some StringProtocol) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(Self.isBase64URL) else { return nil }
        self.init(checked: String(text))
    }

    private init(checked text: String) { self.text = text }

    /// SHA-256 of the text: a 256-bit random secret needs no slow hash.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Something of its own for a purpose, 64 hexadecimal digits, from which the secret cannot be found.
    func derived(for purpose: String) -> String { Hex.encode(SHA256.hash(data: Array(purpose.utf8) + Array(text.utf8))) }

    /// Compares in time that depends on nothing secret.
    func matches(_ stored: [UInt8]) -> Bool {
        let mine = hash
        guard mine.count == stored.count else { return false }
        return zip(mine, stored).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    var description: String { "…" }
    var debugDescription: String { "…" }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension StringProtocol {
    /// Whether this is so many hexadecimal digits in lower case.
    func isHex(digits: Int) -> Bool {
        utf8.count == digits && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
