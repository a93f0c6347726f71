import FoundationEssentials

enum Base64 {
    /// RFC 4648, section 4, with padding; as checksums are sent.
    static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }
}
