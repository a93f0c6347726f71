/// What a document's bytes are, judged by the bytes: a sender's word is only kept when they say nothing.
package enum ContentType {
    /// How many leading bytes `sniff` looks at; ISO 32000-1, Annex H, note 13 lets a PDF's header stand within the first 1,024.
    package static let headBytes = 1024

    /// The media type of content that begins with these bytes.
    ///
    /// - Parameters:
    ///   - head: The first `headBytes` bytes, or all of them when there are fewer.
    ///   - declared: What the sender called it; kept for text and for types without a signature, unless it claims a type that
    ///     has one and the bytes do not carry it.
    package static func sniff(_ head: [UInt8], declared: String?) -> String {
        if contains(head, "%PDF-") { return "application/pdf" }
        for (signature, type) in signatures where head.starts(with: signature) {
            // Many formats are archives of this kind: which one, the first bytes do not say.
            guard type == zip, let declared = declared.flatMap(normalized), zipped.contains(declared) else { return type }
            return declared
        }
        guard let declared = declared.flatMap(normalized), !signed.contains(declared) else { return "application/octet-stream" }
        return declared
    }

    private static let signatures: [([UInt8], String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("GIF8".utf8), "image/gif"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ([0x50, 0x4B, 0x03, 0x04], zip),
    ]

    private static let zip = "application/zip"

    private static let zipped: Set<String> = [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/epub+zip",
        "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
    ]

    private static let signed = Set(signatures.map(\.1) + ["application/pdf"]).union(zipped)

    /// A bare `type/subtype` in lower case; nil unless both are tokens (RFC 9110, section 8.3.1).
    private static func normalized(_ declared: String) -> String? {
        let bare = declared.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        let parts = bare.split(separator: "/", omittingEmptySubsequences: false)
        let tokenBytes = Set("abcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-".utf8)
        guard parts.count == 2, bare.utf8.count <= 127, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(tokenBytes.contains) }) else {
            return nil
        }
        return bare
    }

    private static func contains(_ bytes: [UInt8], _ text: StaticString) -> Bool {
        let needle = Array("\(text)".utf8)
        let head = bytes.prefix(headBytes)
        guard head.count >= needle.count else { return false }
        return (0...(head.count - needle.count)).contains { head[$0...].starts(with: needle) }
    }
}
