extension SourceText {
    /// What Windows-1252 has in place of the control characters from 0x80 on; 0 where it has nothing.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]

    /// The text as Windows-1252, which older pages and tables from Windows are in and which holds ISO 8859-1.
    ///
    /// Nil when a byte is no character of it, or a page declares another encoding. It is a guess: ask `decode` first.
    ///
    /// - Complexity: O(bytes).
    static func decodeWestern(_ bytes: UnsafeRawBufferPointer) -> String? {
        // What begins with the mark of UTF-16 is damaged and no other text.
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]), isWestern(declared: declaredEncoding(bytes)) else {
            return nil
        }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count)
        for byte in bytes {
            let unit = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt16(byte)
            guard unit >= 0x20 && unit != 0x7F || (0x09...0x0D).contains(unit) else { return nil }
            units.append(unit)
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func isWestern(declared encoding: String?) -> Bool {
        guard let encoding else { return true }
        return ["iso-8859-1", "iso8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii", "utf-8"].contains(encoding)
    }

    /// What follows `charset=` or `encoding=` near the start, in lower case.
    private static func declaredEncoding(_ bytes: UnsafeRawBufferPointer) -> String? {
        let head = bytes.prefix(1_024).map(\.lowercasedASCII)
        for mark in ["charset=", "encoding="].map({ Array($0.utf8) }) {
            guard head.count > mark.count else { return nil }
            for start in 0..<(head.count - mark.count) where head[start] == mark[0] && head[start...].starts(with: mark) {
                let value = head[(start + mark.count)...].drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") || $0 == 0x20 }
                return value.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }.string
            }
        }
        return nil
    }
}
