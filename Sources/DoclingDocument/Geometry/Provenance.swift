/// Where on the pages of the source an item was found.
public struct Provenance: Hashable, Sendable {
    /// From 1.
    public var pageNumber: Int
    public var bbox: BoundingBox
    /// The part of the item's text that this place holds.
    public var charSpan: CharSpan
    public var extra: [String: JSONValue] = [:]

    public init(pageNumber: Int, bbox: BoundingBox, charSpan: CharSpan) {
        self.pageNumber = pageNumber
        self.bbox = bbox
        self.charSpan = charSpan
    }
}

extension Provenance: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var pageNumber: Int?
        var bbox: BoundingBox?
        var charSpan: CharSpan?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "page_no": pageNumber = try reader.readInt()
            case "bbox": bbox = try reader.read()
            case "charspan": charSpan = try reader.read()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let pageNumber, let bbox, let charSpan else {
            throw DoclingDocumentError(.missingMember, "page_no, bbox or charspan is missing", offset: reader.position)
        }
        self.init(pageNumber: pageNumber, bbox: bbox, charSpan: charSpan)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("bbox", in: &object)
        try writer.write(bbox)
        try writer.member("charspan", in: &object)
        try writer.write(charSpan)
        try writer.member("page_no", in: &object)
        writer.write(pageNumber)
        try writer.end(&object)
    }
}
