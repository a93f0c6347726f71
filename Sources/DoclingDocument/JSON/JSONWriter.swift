/// Writes JSON text without white space, members in the order of their names' bytes.
///
/// A model writes the members it knows in that order; `member(_:in:)` slips the unknown ones in where they belong, so
/// that equal documents always give equal bytes.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// What the grids of all tables may still add; one long cell over many slots could fill the memory.
    private var gridBytesLeft = 128 << 20

    /// An object being written.
    struct Object {
        fileprivate var isEmpty = true
        fileprivate var extra: [(name: String, value: JSONValue)]
        fileprivate var next = 0
    }

    mutating func spendOnGrids(_ count: Int) throws(DoclingDocumentError) {
        gridBytesLeft -= count
        guard gridBytesLeft >= 0 else { throw DoclingDocumentError(.tooLarge, "the grids of the tables are too large") }
    }

    /// Writes what stands there already once more.
    mutating func `repeat`(_ place: Range<Int>) { bytes.append(contentsOf: Array(bytes[place])) }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// - Parameter extra: Members that the model does not know, and known ones that were `null`; a member that the
    ///   model writes itself takes the place of its namesake here.
    @inline(__always)
    mutating func begin(extra: [String: JSONValue]) -> Object {
        bytes.append(UInt8(ascii: "{"))
        return Object(extra: extra.isEmpty ? [] : JSONWriter.sorted(extra))
    }

    /// Starts a member; its value must be written next.
    @inline(__always)
    mutating func member(_ name: StaticString, in object: inout Object) throws(DoclingDocumentError) {
        if object.next < object.extra.count { try writeExtra(before: name, in: &object) }
        if object.isEmpty { object.isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// Starts a member of an object without unknown members.
    mutating func member(named name: String, in object: inout Object) {
        if object.isEmpty { object.isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    @inline(__always)
    mutating func end(_ object: inout Object) throws(DoclingDocumentError) {
        while object.next < object.extra.count { try writeNextExtra(in: &object) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func writeExtra(before name: StaticString, in object: inout Object) throws(DoclingDocumentError) {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        while object.next < object.extra.count {
            let candidate = object.extra[object.next].name.utf8
            if candidate.lexicographicallyPrecedes(name) {
                try writeNextExtra(in: &object)
            } else {
                if candidate.elementsEqual(name) { object.next += 1 }
                return
            }
        }
    }

    private mutating func writeNextExtra(in object: inout Object) throws(DoclingDocumentError) {
        let (name, value) = object.extra[object.next]
        object.next += 1
        if object.isEmpty { object.isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
        write(name)
        bytes.append(UInt8(ascii: ":"))
        try write(value)
    }

    private static func sorted(_ members: [String: JSONValue]) -> [(name: String, value: JSONValue)] {
        members.map { ($0.key, $0.value) }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    }

    // MARK: Values

    @inline(__always)
    mutating func write(_ string: String) {
        var string = string
        string.withUTF8 { write(utf8: $0) }
    }

    private mutating func write(utf8: UnsafeBufferPointer<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<utf8.count {
            let byte = utf8[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
            start = index + 1
            bytes.append(UInt8(ascii: "\\"))
            switch byte {
            case 0x08: bytes.append(UInt8(ascii: "b"))
            case 0x09: bytes.append(UInt8(ascii: "t"))
            case 0x0A: bytes.append(UInt8(ascii: "n"))
            case 0x0C: bytes.append(UInt8(ascii: "f"))
            case 0x0D: bytes.append(UInt8(ascii: "r"))
            case 0..<0x20:
                bytes.append(contentsOf: [UInt8(ascii: "u"), 0x30, 0x30, 0x30 + byte >> 4, JSONWriter.hexDigit(byte & 0xF)])
            default: bytes.append(byte)
            }
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

    mutating func write(_ bool: Bool) {
        bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    }

    @inline(__always)
    mutating func write(_ value: Int) {
        if 0..<10 ~= value { bytes.append(0x30 + UInt8(truncatingIfNeeded: value)) } else { append(value.description) }
    }

    mutating func write(_ value: UInt64) { append(value.description) }

    /// - Throws: `notFinite` for what JSON has no number for.
    @inline(__always)
    mutating func write(_ value: Double) throws(DoclingDocumentError) {
        guard value.isFinite else { throw DoclingDocumentError(.notFinite, "a number of the document is infinite or not a number") }
        append(value.description)
    }

    private mutating func append(_ literal: String) {
        var literal = literal
        literal.withUTF8 { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ value: JSONValue) throws(DoclingDocumentError) {
        switch value {
        case .null: append("null")
        case .bool(let bool): write(bool)
        case .number(let number): append(number.literal)
        case .string(let string): write(string)
        case .array(let values):
            try writeElements(values) { (writer, value) throws(DoclingDocumentError) in try writer.write(value) }
        case .object(let members):
            var object = begin(extra: members)
            try end(&object)
        }
    }

    @inline(__always)
    mutating func writeElements<Element>(
        _ elements: [Element], _ write: (inout JSONWriter, Element) throws(DoclingDocumentError) -> Void
    ) throws(DoclingDocumentError) {
        bytes.append(UInt8(ascii: "["))
        var first = true
        for element in elements {
            if first { first = false } else { bytes.append(UInt8(ascii: ",")) }
            try write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func write<Value: JSONWritable>(_ values: [Value]) throws(DoclingDocumentError) {
        try writeElements(values) { (writer, value) throws(DoclingDocumentError) in try value.write(to: &writer) }
    }

    mutating func write<Value: JSONWritable>(_ value: Value) throws(DoclingDocumentError) {
        try value.write(to: &self)
    }
}

/// A type that writes itself as JSON text.
protocol JSONWritable {
    func write(to writer: inout JSONWriter) throws(DoclingDocumentError)
}
