/// A reference to an item of the same document: a JSON pointer such as `#/texts/12` or `#/body`.
public struct Reference: Hashable, Sendable {
    public var pointer: String
    public var extra: [String: JSONValue] = [:]

    public init(_ pointer: String) {
        self.pointer = pointer
    }
}

extension Reference: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var pointer: String?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "$ref": pointer = try reader.readString()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let pointer else { throw DoclingDocumentError(.missingMember, "$ref is missing", offset: reader.position) }
        self.init(pointer)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("$ref", in: &object)
        writer.write(pointer)
        try writer.end(&object)
    }
}
