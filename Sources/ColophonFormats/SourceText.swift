/// Bytes as text, as far as they say which text they are.
enum SourceText {
    /// UTF-8, with a mark or without, or UTF-16 with its mark; nil for anything else, and for text that holds a NUL.
    ///
    /// - Complexity: O(bytes).
    static func decode(_ bytes: UnsafeRawBufferPointer) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes, isLittle: bytes[0] == 0xFF) }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeRawBufferPointer(rebasing: bytes[3...]) : bytes
        guard !body.contains(0) else { return nil }
        return String(validating: body, as: UTF8.self)
    }

    private static func utf16(_ bytes: UnsafeRawBufferPointer, isLittle: Bool) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: 2, to: bytes.count, by: 2).map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        guard !units.contains(0) else { return nil }
        return String(validating: units, as: UTF16.self)
    }
}
