/// The size of a page or an image: points for PDF pages, pixels for images.
public struct PageSize: Hashable, Sendable {
    public var width: Double
    public var height: Double
    public var extra: [String: JSONValue] = [:]
    private var leavesOutWidth = false
    private var leavesOutHeight = false

    public init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }
}

extension PageSize: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var size = PageSize(width: 0, height: 0)
        size.leavesOutWidth = true
        size.leavesOutHeight = true
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "width":
                size.width = try reader.readDouble()
                size.leavesOutWidth = false
            case "height":
                size.height = try reader.readDouble()
                size.leavesOutHeight = false
            default: size.extra[name.string] = try reader.readValue()
            }
        }
        self = size
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        if !leavesOutHeight || height != 0 {
            try writer.member("height", in: &object)
            try writer.write(height)
        }
        if !leavesOutWidth || width != 0 {
            try writer.member("width", in: &object)
            try writer.write(width)
        }
        try writer.end(&object)
    }
}
