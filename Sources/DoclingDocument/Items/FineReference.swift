/// A reference to an item or to a part of its text; comments point with it.
public struct FineReference: Hashable, Sendable {
    public var pointer: String
    /// The part of the text that is meant; `nil` means all of it.
    public var range: CharSpan?
    public var extra: [String: JSONValue] = [:]

    public init(_ pointer: String, range: CharSpan? = nil) {
        self.pointer = pointer
        self.range = range
    }
}

extension FineReference: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var pointer: String?
        var range: CharSpan?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "$ref": pointer = try reader.readString()
            case "range": if reader.takeNull() { extra["range"] = .null } else { range = try reader.read() }
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let pointer else { throw DoclingDocumentError(.missingMember, "$ref is missing", offset: reader.position) }
        self.init(pointer, range: range)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("$ref", in: &object)
        writer.write(pointer)
        if let range {
            try writer.member("range", in: &object)
            try writer.write(range)
        }
        try writer.end(&object)
    }
}
