extension JSONReader {
    mutating func readName() throws(DoclingDocumentError) -> JSONName {
        let (run, plain) = try takeString()
        return JSONName(bytes: run, decoded: plain ? nil : try decode(run))
    }

    mutating func readString() throws(DoclingDocumentError) -> String {
        let (run, plain) = try takeString()
        return plain ? String(decoding: run, as: UTF8.self) : try decode(run)
    }

    /// Takes a string without its quotes; `plain` says that it is ASCII without escapes.
    private mutating func takeString() throws(DoclingDocumentError) -> (run: UnsafeBufferPointer<UInt8>, plain: Bool) {
        guard take(UInt8(ascii: "\"")) else { throw unexpected("expected a string") }
        let start = position
        var plain = true
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                let run = UnsafeBufferPointer(rebasing: bytes[start..<position])
                position += 1
                return (run, plain)
            }
            if byte == UInt8(ascii: "\\") {
                plain = false
                position += 1
            } else if byte < 0x20 {
                throw malformed("control character in a string")
            } else if byte >= 0x80 {
                plain = false
            }
            position += 1
        }
        position = bytes.count
        throw malformed("string without an end")
    }

    private func decode(_ run: UnsafeBufferPointer<UInt8>) throws(DoclingDocumentError) -> String {
        guard run.contains(UInt8(ascii: "\\")) else {
            guard let string = String(validating: run, as: UTF8.self) else { throw malformed("string is not UTF-8") }
            return string
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(run.count)
        var index = 0
        while index < run.count {
            let byte = run[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                decoded.append(byte)
                continue
            }
            // The scan above took the byte after each backslash, so there is one.
            guard index < run.count else { throw malformed("escape without an end") }
            let escape = run[index]
            index += 1
            switch escape {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(escape)
            case UInt8(ascii: "b"): decoded.append(0x08)
            case UInt8(ascii: "f"): decoded.append(0x0C)
            case UInt8(ascii: "n"): decoded.append(0x0A)
            case UInt8(ascii: "r"): decoded.append(0x0D)
            case UInt8(ascii: "t"): decoded.append(0x09)
            case UInt8(ascii: "u"): decoded.append(contentsOf: Character(try scalar(in: run, at: &index)).utf8)
            default: throw malformed("unknown escape")
            }
        }
        guard let string = String(validating: decoded, as: UTF8.self) else { throw malformed("string is not UTF-8") }
        return string
    }

    /// The scalar of a `\u` escape; half of a surrogate pair on its own, which no string can hold, becomes U+FFFD.
    private func scalar(in run: UnsafeBufferPointer<UInt8>, at index: inout Int) throws(DoclingDocumentError) -> Unicode.Scalar {
        let unit = try codeUnit(in: run, at: &index)
        if let scalar = Unicode.Scalar(unit) { return scalar }
        var next = index
        if unit < 0xDC00, run.count - next >= 6, run[next] == UInt8(ascii: "\\"), run[next + 1] == UInt8(ascii: "u") {
            next += 2
            let low = try codeUnit(in: run, at: &next)
            if (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            {
                index = next
                return scalar
            }
        }
        return "\u{FFFD}"
    }

    private func codeUnit(in run: UnsafeBufferPointer<UInt8>, at index: inout Int) throws(DoclingDocumentError) -> UInt16 {
        guard run.count - index >= 4 else { throw malformed("escape without an end") }
        var unit: UInt16 = 0
        for byte in run[index..<index + 4] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x41 + 10
            case 0x61...0x66: digit = byte - 0x61 + 10
            default: throw malformed("escape with a wrong digit")
            }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }
}
