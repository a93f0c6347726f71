// The pieces that tags and texts are made of.
extension XMLPullParser {
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    mutating func skipSpace() {
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    }

    func starts(_ text: StaticString) -> Bool {
        guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    mutating func skip(past text: StaticString) throws(FormatFailure) {
        while position < bytes.count {
            if starts(text) {
                position += text.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw .damaged("an XML part was cut off")
    }

    mutating func readName() throws(FormatFailure) -> Range<Int> {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x2D, 0x2E, 0x80...: position += 1
            default:
                guard position > start else { throw .damaged("an XML part is not well formed") }
                return start..<position
            }
        }
        throw .damaged("an XML part was cut off")
    }

    func split(_ name: Range<Int>) -> (prefix: String, local: String) {
        guard let colon = bytes[name].firstIndex(of: UInt8(ascii: ":")) else { return ("", String(decoding: bytes[name], as: UTF8.self)) }
        return (
            String(decoding: bytes[name.lowerBound..<colon], as: UTF8.self),
            String(decoding: bytes[(colon + 1)..<name.upperBound], as: UTF8.self)
        )
    }

    /// Reads up to the end of a start tag; of attributes of the same name the first counts.
    mutating func readAttributes() throws(FormatFailure) -> (attributes: [(prefix: String, local: String, value: String)], isEmpty: Bool) {
        var attributes: [(prefix: String, local: String, value: String)] = []
        while true {
            skipSpace()
            guard position < bytes.count else { throw .damaged("an XML part was cut off") }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                return (attributes, false)
            }
            if starts("/>") {
                position += 2
                return (attributes, true)
            }
            let (prefix, local) = split(try readName())
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw .damaged("an XML part is not well formed") }
            position += 1
            skipSpace()
            attributes.append((prefix, local, try readAttributeValue()))
        }
    }

    private mutating func readAttributeValue() throws(FormatFailure) -> String {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
            throw .damaged("an XML part is not well formed")
        }
        let quote = bytes[position]
        position += 1
        let value = try readCharacters { $0 == quote }
        guard position < bytes.count else { throw .damaged("an XML part was cut off") }
        position += 1
        return value
    }

    mutating func readText() throws(FormatFailure) -> String { try readCharacters { _ in false } }

    /// Reads up to a `<`, to what `isEnd` names or to the end of the part.
    private mutating func readCharacters(until isEnd: (UInt8) -> Bool) throws(FormatFailure) -> String {
        let start = position
        var resolved: [UInt8] = []
        var copied = start
        while position < bytes.count, bytes[position] != UInt8(ascii: "<"), !isEnd(bytes[position]) {
            guard bytes[position] == UInt8(ascii: "&") else {
                position += 1
                continue
            }
            resolved += bytes[copied..<position]
            resolved += String(try readReference()).utf8
            copied = position
        }
        if copied == start { return XMLEncoding.text(bytes[start..<position]) }
        resolved += bytes[copied..<position]
        return XMLEncoding.text(resolved[...])
    }

    private mutating func readReference() throws(FormatFailure) -> Character {
        // The longest is &#x10FFFF; but numbers may begin with zeros.
        let end = min(position + 16, bytes.count)
        guard let semicolon = bytes[position..<end].firstIndex(of: UInt8(ascii: ";")) else {
            throw .damaged("an XML part is not well formed")
        }
        let name = String(decoding: bytes[(position + 1)..<semicolon], as: UTF8.self)
        position = semicolon + 1
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let isHex = name.hasPrefix("#x")
            guard name.hasPrefix("#"), let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10), number > 0,
                let scalar = Unicode.Scalar(number)
            else { throw .damaged("an XML part refers to an entity that it may not have") }
            return Character(scalar)
        }
    }
}
