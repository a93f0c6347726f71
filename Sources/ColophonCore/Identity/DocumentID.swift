/// A document's permanent name within its workspace.
package struct DocumentID: Identifier {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The longest name that a client may choose, in characters.
    package static let chosenCharactersMax = 128

    /// A name that a client chose: `doc-…` or `ocr-…` followed by letters, digits, `_` and `-`, or a UUID.
    ///
    /// - Throws: `ColophonError` with code `invalid` for anything else.
    package init(chosen text: String) throws {
        let body: Substring? =
            if text.hasPrefix("doc-") || text.hasPrefix("ocr-") { text.dropFirst(4) } else if Self.isUUID(text) { text[...] } else { nil }
        guard let body, !body.isEmpty, text.utf8.count <= Self.chosenCharactersMax, body.utf8.allSatisfy(Self.isNameByte) else {
            throw ColophonError(
                .invalid, "A document id is a UUID, or doc- or ocr- and up to \(Self.chosenCharactersMax - 4) letters, digits, _ or -.",
                field: "documentId")
        }
        rawValue = text
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            switch index {
            case 8, 13, 18, 23: byte == UInt8(ascii: "-")
            default: (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
            }
        }
    }
}
