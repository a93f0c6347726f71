import Foundation

/// What of a text counts when labels are compared: letters and digits, without case and accents.
struct TextKey: Hashable, Sendable {
    let value: String

    init(_ text: String) {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            value = String(decoding: text.utf8.compactMap(Self.folded), as: UTF8.self)
        } else {
            let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            value = String(
                String.UnicodeScalarView(plain.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
        }
    }

    var isEmpty: Bool { value.isEmpty }

    private static func folded(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte | 0x20
        default: nil
        }
    }
}
