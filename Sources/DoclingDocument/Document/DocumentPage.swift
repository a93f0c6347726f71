/// A page of the source.
public struct DocumentPage: Hashable, Sendable {
    /// From 1.
    public var number: Int
    /// In points for PDF.
    public var size: PageSize
    public var image: ImageReference?
    public var extra: [String: JSONValue] = [:]

    public init(number: Int, size: PageSize, image: ImageReference? = nil) {
        self.number = number
        self.size = size
        self.image = image
    }
}

extension DocumentPage: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var number: Int?
        var size: PageSize?
        var image: ImageReference?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                extra[name.string] = .null
                return
            }
            switch name {
            case "page_no": number = try reader.readInt()
            case "size": size = try reader.read()
            case "image": image = try reader.read()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let number, let size else {
            throw DoclingDocumentError(.missingMember, "page_no or size of a page is missing", offset: reader.position)
        }
        self.init(number: number, size: size, image: image)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        if let image {
            try writer.member("image", in: &object)
            try writer.write(image)
        }
        try writer.member("page_no", in: &object)
        writer.write(number)
        try writer.member("size", in: &object)
        try writer.write(size)
        try writer.end(&object)
    }
}
