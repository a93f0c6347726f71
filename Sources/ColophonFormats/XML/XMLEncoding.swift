/// Turns the encodings that office files may have into UTF-8.
enum XMLEncoding {
    /// The bytes of a part as UTF-8 without byte order mark.
    static func utf8(_ bytes: [UInt8]) throws(FormatFailure) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return [UInt8](bytes.dropFirst(3)) }
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
        guard bytes.count % 2 == 0 else { throw .damaged("an XML part was cut off") }
        let units = stride(from: 2, to: bytes.count, by: 2).lazy.map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return [UInt8](String(decoding: [UInt16](units), as: UTF16.self).utf8)
    }

    /// The text of some bytes, ends of lines as a single line feed (XML 1.0, section 2.11) and broken UTF-8 repaired.
    static func text(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(0x0D) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var wasReturn = false
        for byte in bytes {
            if !(wasReturn && byte == 0x0A) { text.append(byte == 0x0D ? 0x0A : byte) }
            wasReturn = byte == 0x0D
        }
        return String(decoding: text, as: UTF8.self)
    }
}
