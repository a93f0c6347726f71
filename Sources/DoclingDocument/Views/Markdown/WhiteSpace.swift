/// White space as Python strips it, which is more than Unicode's: the four separators of ASCII belong to it.
enum WhiteSpace {
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// The text without white space at its ends.
    static func stripped(_ text: [UInt8]) -> [UInt8] {
        guard let first = text.first, let last = text.last else { return text }
        // Most texts begin and end with a letter; white space is ASCII up to the space, or a scalar beyond ASCII.
        guard first <= 0x20 || first >= 0x80 || last <= 0x20 || last >= 0x80 else { return text }
        let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
        guard let start = scalars.firstIndex(where: { !isSpace($0) }), let end = scalars.lastIndex(where: { !isSpace($0) }) else {
            return []
        }
        return Array(String(scalars[start...end]).utf8)
    }
}
