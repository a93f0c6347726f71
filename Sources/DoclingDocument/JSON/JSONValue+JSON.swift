extension JSONValue: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        self = try reader.readValue()
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        try writer.write(self)
    }

    /// Reads a model out of a value that was kept as it is.
    func decoded<Value: JSONReadable>(as type: Value.Type) throws(DoclingDocumentError) -> Value {
        var writer = JSONWriter()
        try writer.write(self)
        return try JSONReader.read(type, from: writer.bytes)
    }

    /// The value that a model is written as.
    init(_ value: some JSONWritable) throws(DoclingDocumentError) {
        var writer = JSONWriter()
        try value.write(to: &writer)
        self = try JSONReader.read(JSONValue.self, from: writer.bytes)
    }
}

extension JSONValue {
    /// Reads JSON text that may be anybody's.
    ///
    /// - Parameter depthMax: Arrays and objects within each other.
    /// - Complexity: O(bytes).
    package init(json bytes: [UInt8], depthMax: Int) throws(DoclingDocumentError) {
        self = try JSONReader.read(JSONValue.self, from: bytes, limits: DoclingDocument.DecodingLimits(depthMax: depthMax))
    }
}

extension JSONReader {
    /// Reads the one value that the bytes hold.
    static func read<Value: JSONReadable>(
        _ type: Value.Type, from bytes: [UInt8], limits: DoclingDocument.DecodingLimits = .default
    ) throws(DoclingDocumentError) -> Value {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<Value, DoclingDocumentError> in
            Result { () throws(DoclingDocumentError) in
                var reader = JSONReader(buffer, limits: limits)
                let value = try Value(from: &reader)
                try reader.expectEnd()
                return value
            }
        }
        return try result.get()
    }
}
