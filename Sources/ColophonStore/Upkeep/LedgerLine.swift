import ColophonCore
import FoundationEssentials

/// A row as a line of JSON that says the same on every engine: members in order of their names, bytes as `{"hex":"…"}`.
enum LedgerLine {
    /// The line, with its line feed.
    static func encode(_ row: SQLRow) -> [UInt8] {
        var line: [UInt8] = []
        for (column, value) in row.cells {
            line.append(line.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            append(column, to: &line)
            line.append(UInt8(ascii: ":"))
            switch value {
            case .null: line += "null".utf8
            case .integer(let value): line += String(value).utf8
            case .text(let value): append(value, to: &line)
            case .list: preconditionFailure("no column holds a list")
            case .bytes(let value): line += "{\"hex\":\"\(Hex.encode(value))\"}".utf8
            }
        }
        return line + "}\n".utf8
    }

    /// - Throws: `invalid` when the line is not what `encode` writes.
    static func decode(_ line: [UInt8]) throws -> [String: SQLValue] {
        do {
            return try JSONDecoder().decode([String: Cell].self, from: Data(line)).mapValues(\.value)
        } catch {
            throw ColophonError(.invalid, "A line of the backup is not a row.", cause: error)
        }
    }

    /// RFC 8259, section 7: only what must be escaped is.
    private static func append(_ text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
            case 0..<0x20: line += Array("\\u00".utf8) + Hex.encode([byte]).utf8
            default: line.append(byte)
            }
        }
        line.append(UInt8(ascii: "\""))
    }

    private struct Cell: Decodable {
        var value: SQLValue

        private struct Bytes: Decodable { var hex: String }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .null
            } else if let number = try? container.decode(Int64.self) {
                value = .integer(number)
            } else if let text = try? container.decode(String.self) {
                value = .text(text)
            } else if let bytes = Hex.decode(try container.decode(Bytes.self).hex.utf8) {
                value = .bytes(bytes)
            } else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "bytes that are not hexadecimal")
            }
        }
    }
}
