/// A reference such as `&amp;` or `&#x2014;` and the character it stands for.
struct CharacterReference {
    var scalars: [UInt8]
    /// How many bytes of the source it takes, the ampersand and the semicolon included.
    var length: Int

    /// The longest name that is looked up, in bytes; what is longer is text, which bounds the search for a semicolon.
    private static let nameBytesMax = 24
    private static let digitsMax = 8

    /// Reads the reference that starts at an ampersand.
    ///
    /// - Parameter needsSemicolon: Whether a reference without its semicolon is text, as in Markdown; HTML takes a
    ///   number without one.
    /// - Returns: `nil` where no reference stands or its name is unknown: the ampersand is then text.
    /// - Complexity: O(1).
    init?(in bytes: [UInt8], at start: Int, end: Int, needsSemicolon: Bool) {
        var position = start + 1
        guard position < end else { return nil }
        guard bytes[position] == UInt8(ascii: "#") else {
            let limit = min(end, position + CharacterReference.nameBytesMax)
            while position < limit, bytes[position].isASCIIAlphanumeric { position += 1 }
            guard position < end, bytes[position] == UInt8(ascii: ";"),
                let codePoint = CharacterReference.codePoints[bytes[(start + 1)..<position].string]
            else { return nil }
            scalars = CharacterReference.utf8(codePoint)
            length = position + 1 - start
            return
        }
        position += 1
        let isHex = position < end && bytes[position] | 0x20 == UInt8(ascii: "x")
        if isHex { position += 1 }
        let first = position
        var value: UInt32 = 0
        while position < end, position - first < CharacterReference.digitsMax, let digit = bytes[position].hexValue, isHex || digit < 10 {
            value = min(value * (isHex ? 16 : 10) + digit, 0x110000)
            position += 1
        }
        guard position > first else { return nil }
        let hasSemicolon = position < end && bytes[position] == UInt8(ascii: ";")
        guard hasSemicolon || !needsSemicolon else { return nil }
        scalars = CharacterReference.utf8(CharacterReference.windows1252[value] ?? value)
        length = position + (hasSemicolon ? 1 : 0) - start
    }

    /// The bytes with every reference replaced.
    static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "&")) else { return Array(bytes) }
        let source = Array(bytes)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(source.count)
        var position = 0
        while position < source.count {
            if source[position] == UInt8(ascii: "&"),
                let reference = CharacterReference(in: source, at: position, end: source.count, needsSemicolon: false)
            {
                decoded += reference.scalars
                position += reference.length
            } else {
                decoded.append(source[position])
                position += 1
            }
        }
        return decoded
    }

    /// What is no character of Unicode, and the zero byte, becomes U+FFFD.
    private static func utf8(_ codePoint: UInt32) -> [UInt8] {
        guard codePoint != 0, let scalar = Unicode.Scalar(codePoint) else { return [0xEF, 0xBF, 0xBD] }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// Numbers that pages write for characters of Windows-1252, and browsers read so.
    private static let windows1252: [UInt32: UInt32] = [
        0x80: 0x20AC, 0x82: 0x201A, 0x83: 0x0192, 0x84: 0x201E, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02C6, 0x89: 0x2030,
        0x8A: 0x0160, 0x8B: 0x2039, 0x8C: 0x0152, 0x8E: 0x017D, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D, 0x95: 0x2022,
        0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02DC, 0x99: 0x2122, 0x9A: 0x0161, 0x9B: 0x203A, 0x9C: 0x0153, 0x9E: 0x017E, 0x9F: 0x0178,
    ]
}
