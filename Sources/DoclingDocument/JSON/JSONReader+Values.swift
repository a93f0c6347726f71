extension JSONReader {
    /// Reads a value of any kind; the last of several members with one name wins.
    mutating func readValue() throws(DoclingDocumentError) -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try readObject { (reader, name) throws(DoclingDocumentError) in members[name.string] = try reader.readValue() }
            return .object(members)
        case UInt8(ascii: "["):
            var values: [JSONValue] = []
            try readElements { (reader) throws(DoclingDocumentError) in values.append(try reader.readValue()) }
            return .array(values)
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try readBool())
        case UInt8(ascii: "n") where take(literal: "null"): return .null
        case UInt8(ascii: "-"), 0x30...0x39: return .number(try readNumber())
        default: throw malformed("expected a value")
        }
    }
}
