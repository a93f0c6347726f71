/// An image that belongs to a page or an item.
public struct ImageReference: Hashable, Sendable {
    public var mimeType: String
    /// Dots per inch.
    public var dpi: Int
    /// In pixels.
    public var size: PageSize
    /// A data URL, another URL or a path. It comes from the document: never open it unchecked.
    public var uri: String
    public var extra: [String: JSONValue] = [:]

    public init(mimeType: String, dpi: Int, size: PageSize, uri: String) {
        self.mimeType = mimeType
        self.dpi = dpi
        self.size = size
        self.uri = uri
    }
}

extension ImageReference: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var mimeType: String?
        var dpi: Int?
        var size: PageSize?
        var uri: String?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "mimetype": mimeType = try reader.readString()
            case "dpi": dpi = try reader.readInt()
            case "size": size = try reader.read()
            case "uri": uri = try reader.readString()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let mimeType, let dpi, let size, let uri else {
            throw DoclingDocumentError(.missingMember, "mimetype, dpi, size or uri of an image is missing", offset: reader.position)
        }
        self.init(mimeType: mimeType, dpi: dpi, size: size, uri: uri)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("dpi", in: &object)
        writer.write(dpi)
        try writer.member("mimetype", in: &object)
        writer.write(mimeType)
        try writer.member("size", in: &object)
        try writer.write(size)
        try writer.member("uri", in: &object)
        writer.write(uri)
        try writer.end(&object)
    }
}
