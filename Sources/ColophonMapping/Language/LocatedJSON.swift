/// JSON (RFC 8259) that knows the line of each of its values, so that whoever writes it is told where a mistake is.
struct LocatedJSON {
    enum Kind {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([LocatedJSON])
        /// In the order of the file.
        case object([Member])
    }

    struct Member {
        var name: String
        var line: Int
        var value: LocatedJSON
    }

    var kind: Kind
    /// From 1.
    var line: Int

    static let bytesMax = 1 << 20
    private static let depthMax = 64

    /// - Throws: `MappingFileError` for what is no JSON, is too large or too deep, or has a name twice in an object.
    static func parse(_ bytes: [UInt8]) throws(MappingFileError) -> LocatedJSON {
        guard bytes.count <= bytesMax else { throw MappingFileError(line: 1, "The file is larger than \(bytesMax) bytes.") }
        var parser = Parser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.error("There is text behind the end of the mapping.") }
        return value
    }

    private struct Parser {
        let bytes: [UInt8]
        var position = 0
        var line = 1

        func error(_ reason: String) -> MappingFileError { MappingFileError(line: line, reason) }

        var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func skipSpace() {
            while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                if byte == 0x0A { line += 1 }
                position += 1
            }
        }

        mutating func take(_ byte: Character) -> Bool {
            skipSpace()
            guard next == byte.asciiValue else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) throws(MappingFileError) -> LocatedJSON {
            guard depth <= depthMax else { throw error("Values are nested more than \(depthMax) deep.") }
            skipSpace()
            let start = line
            switch next {
            case UInt8(ascii: "{"): return LocatedJSON(kind: .object(try object(depth: depth)), line: start)
            case UInt8(ascii: "["): return LocatedJSON(kind: .array(try array(depth: depth)), line: start)
            case UInt8(ascii: "\""): return LocatedJSON(kind: .string(try string()), line: start)
            case nil: throw error("The file ends too early.")
            default: return LocatedJSON(kind: try word(), line: start)
            }
        }

        mutating func object(depth: Int) throws(MappingFileError) -> [Member] {
            position += 1
            var members: [Member] = []
            var names: Set<String> = []
            if take("}") { return members }
            repeat {
                skipSpace()
                let start = line
                guard next == UInt8(ascii: "\"") else { throw error("A name in quotes is missing.") }
                let name = try string()
                guard names.insert(name).inserted else { throw error("The name \"\(name)\" is there twice.") }
                guard take(":") else { throw error("A colon is missing behind \"\(name)\".") }
                members.append(Member(name: name, line: start, value: try value(depth: depth + 1)))
            } while take(",")
            guard take("}") else { throw error("A comma or the end of an object is missing.") }
            return members
        }

        mutating func array(depth: Int) throws(MappingFileError) -> [LocatedJSON] {
            position += 1
            var values: [LocatedJSON] = []
            if take("]") { return values }
            repeat { values.append(try value(depth: depth + 1)) } while take(",")
            guard take("]") else { throw error("A comma or the end of a list is missing.") }
            return values
        }

        mutating func word() throws(MappingFileError) -> Kind {
            let start = position
            while let byte = next, byte > 0x20, !",:]}[{\"".utf8.contains(byte) { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            switch text {
            case "null": return .null
            case "true": return .bool(true)
            case "false": return .bool(false)
            default:
                guard text.first.map({ $0 == "-" || $0.isASCII && $0.isNumber }) == true, Double(text) != nil else {
                    throw error("\"\(text.prefix(40))\" is no JSON value.")
                }
                return .number(text)
            }
        }

        /// A string in quotes; the next byte is the first of them.
        mutating func string() throws(MappingFileError) -> String {
            position += 1
            var text: [UInt8] = []
            while let byte = next {
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    guard let string = String(validating: text, as: UTF8.self) else { throw error("A text is no UTF-8.") }
                    return string
                case UInt8(ascii: "\\"): text += try escaped()
                case 0..<0x20: throw error("A text runs over the end of its line.")
                default: text.append(byte)
                }
            }
            throw error("The file ends within a text.")
        }

        mutating func escaped() throws(MappingFileError) -> [UInt8] {
            guard let byte = next else { throw error("The file ends within a text.") }
            position += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
            case UInt8(ascii: "b"): return [0x08]
            case UInt8(ascii: "f"): return [0x0C]
            case UInt8(ascii: "n"): return [0x0A]
            case UInt8(ascii: "r"): return [0x0D]
            case UInt8(ascii: "t"): return [0x09]
            case UInt8(ascii: "u"):
                var units = [try unit()]
                if UTF16.isLeadSurrogate(units[0]), next == UInt8(ascii: "\\"), position + 1 < bytes.count,
                    bytes[position + 1] == UInt8(ascii: "u")
                {
                    position += 2
                    units.append(try unit())
                }
                return Array(String(decoding: units, as: UTF16.self).utf8)
            default: throw error("A text has an escape that JSON does not know.")
            }
        }

        mutating func unit() throws(MappingFileError) -> UInt16 {
            let digits = bytes[position..<min(position + 4, bytes.count)]
            guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
                throw error("A text has an escape that JSON does not know.")
            }
            position += 4
            return unit
        }
    }
}
