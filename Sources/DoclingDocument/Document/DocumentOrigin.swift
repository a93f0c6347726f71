/// The file that a document was made from.
public struct DocumentOrigin: Hashable, Sendable {
    public var mimeType: String
    /// Any hash of the file's bytes that fits 64 bits.
    public var binaryHash: UInt64
    /// With its extension, without its path.
    public var filename: String
    public var uri: String?
    public var extra: [String: JSONValue] = [:]

    public init(mimeType: String, binaryHash: UInt64, filename: String, uri: String? = nil) {
        self.mimeType = mimeType
        self.binaryHash = binaryHash
        self.filename = filename
        self.uri = uri
    }
}

extension DocumentOrigin: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var mimeType: String?
        var binaryHash: UInt64?
        var filename: String?
        var uri: String?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                extra[name.string] = .null
                return
            }
            switch name {
            case "mimetype": mimeType = try reader.readString()
            case "binary_hash": binaryHash = try reader.readUInt64()
            case "filename": filename = try reader.readString()
            case "uri": uri = try reader.readString()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let mimeType, let binaryHash, let filename else {
            throw DoclingDocumentError(
                .missingMember, "mimetype, binary_hash or filename of the origin is missing", offset: reader.position)
        }
        self.init(mimeType: mimeType, binaryHash: binaryHash, filename: filename, uri: uri)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("binary_hash", in: &object)
        writer.write(binaryHash)
        try writer.member("filename", in: &object)
        writer.write(filename)
        try writer.member("mimetype", in: &object)
        writer.write(mimeType)
        if let uri {
            try writer.member("uri", in: &object)
            writer.write(uri)
        }
        try writer.end(&object)
    }
}
