/// Reads JSON text (RFC 8259) from memory, value by value, without building a tree.
///
/// Models read themselves from it: one pass over the members of an object, each by its name. Every read is checked
/// against the end of the text and the depth limit; nothing in the text can make it trap. Cost: linear in the bytes.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var depth = 0
    let depthMax: Int
    let tableCellsMax: Int
    /// Rows times columns that all further tables together may have.
    var tableCellsLeft: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: DoclingDocument.DecodingLimits = .default) {
        self.bytes = bytes
        depthMax = limits.depthMax
        tableCellsMax = limits.tableCellsMax
        tableCellsLeft = limits.tableCellsTotalMax
    }

    func malformed(_ message: String) -> DoclingDocumentError {
        DoclingDocumentError(.malformedJSON, message, offset: position)
    }

    func unexpected(_ message: String) -> DoclingDocumentError {
        DoclingDocumentError(.unexpectedValue, message, offset: position)
    }

    /// The next byte that is not white space, left in place; 0 at the end of the text.
    @inline(__always)
    mutating func peek() -> UInt8 {
        while position < bytes.count {
            let byte = bytes[position]
            if byte > 0x20 { return byte }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return 0
    }

    /// Takes the next byte if it is the one given.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte, position < bytes.count else { return false }
        position += 1
        return true
    }

    /// Takes a literal such as `null` if it comes next.
    mutating func take(literal: StaticString) -> Bool {
        _ = peek()
        let count = literal.utf8CodeUnitCount
        guard count <= bytes.count - position else { return false }
        for index in 0..<count where bytes[position + index] != literal.utf8Start[index] { return false }
        position += count
        return true
    }

    mutating func takeNull() -> Bool {
        peek() == UInt8(ascii: "n") && take(literal: "null")
    }

    mutating func expectEnd() throws(DoclingDocumentError) {
        _ = peek()
        guard position == bytes.count else { throw malformed("text after the value") }
    }

    mutating func enter(_ opening: UInt8, _ kind: StaticString) throws(DoclingDocumentError) {
        guard take(opening) else { throw unexpected("expected \(kind)") }
        depth += 1
        guard depth <= depthMax else { throw DoclingDocumentError(.tooDeep, "more than \(depthMax) nested values", offset: position) }
    }

    /// Reads an object; `member` is called for each name and must read its value.
    @inline(__always)
    mutating func readObject(
        _ member: (inout JSONReader, JSONName) throws(DoclingDocumentError) -> Void
    ) throws(DoclingDocumentError) {
        try enter(UInt8(ascii: "{"), "an object")
        if !take(UInt8(ascii: "}")) {
            repeat {
                let name = try readName()
                guard take(UInt8(ascii: ":")) else { throw malformed("expected a colon") }
                try member(&self, name)
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw malformed("expected a comma or the end of an object") }
        }
        depth -= 1
    }

    /// Reads an array; `element` is called for each element and must read it.
    @inline(__always)
    mutating func readElements(
        _ element: (inout JSONReader) throws(DoclingDocumentError) -> Void
    ) throws(DoclingDocumentError) {
        try enter(UInt8(ascii: "["), "an array")
        if !take(UInt8(ascii: "]")) {
            repeat {
                try element(&self)
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "]")) else { throw malformed("expected a comma or the end of an array") }
        }
        depth -= 1
    }
}

/// A type that reads itself from JSON text.
protocol JSONReadable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError)
}

extension JSONReader {
    mutating func read<Value: JSONReadable>(_ type: Value.Type = Value.self) throws(DoclingDocumentError) -> Value {
        try Value(from: &self)
    }

    mutating func readArray<Value: JSONReadable>(_ type: Value.Type = Value.self) throws(DoclingDocumentError) -> [Value] {
        var values: [Value] = []
        try readElements { (reader) throws(DoclingDocumentError) in values.append(try Value(from: &reader)) }
        return values
    }

    mutating func readLabel<Label: RawRepresentable<String>>(_ type: Label.Type = Label.self) throws(DoclingDocumentError) -> Label {
        guard let label = Label(rawValue: try readString()) else { throw unexpected("unknown label") }
        return label
    }
}
