/// A rectangle on a page, in the units of the page's size (points for PDF).
///
/// `top` lies above `bottom` on the page: with the origin at the top left it is the smaller number, else the larger.
public struct BoundingBox: Hashable, Sendable {
    public var left: Double
    public var top: Double
    public var right: Double
    public var bottom: Double
    public var origin: CoordinateOrigin
    public var extra: [String: JSONValue] = [:]
    private var leavesOutOrigin = false

    public init(left: Double, top: Double, right: Double, bottom: Double, origin: CoordinateOrigin = .topLeft) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
        self.origin = origin
    }

    public var width: Double { right - left }
    public var height: Double { abs(top - bottom) }

    /// The same rectangle measured from the top left corner of a page of this height.
    public func fromTopLeft(pageHeight: Double) -> BoundingBox {
        guard origin == .bottomLeft else { return self }
        return BoundingBox(left: left, top: pageHeight - top, right: right, bottom: pageHeight - bottom)
    }

    /// The same rectangle measured from the bottom left corner of a page of this height.
    public func fromBottomLeft(pageHeight: Double) -> BoundingBox {
        guard origin == .topLeft else { return self }
        return BoundingBox(left: left, top: pageHeight - top, right: right, bottom: pageHeight - bottom, origin: .bottomLeft)
    }
}

extension BoundingBox: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var box = BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
        var sides = 0
        box.leavesOutOrigin = true
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "l":
                box.left = try reader.readDouble()
                sides |= 1
            case "t":
                box.top = try reader.readDouble()
                sides |= 2
            case "r":
                box.right = try reader.readDouble()
                sides |= 4
            case "b":
                box.bottom = try reader.readDouble()
                sides |= 8
            case "coord_origin":
                box.origin = try reader.readLabel()
                box.leavesOutOrigin = false
            default: box.extra[name.string] = try reader.readValue()
            }
        }
        guard sides == 15 else {
            throw DoclingDocumentError(.missingMember, "a side of a bounding box is missing", offset: reader.position)
        }
        self = box
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("b", in: &object)
        try writer.write(bottom)
        if !leavesOutOrigin || origin != .topLeft {
            try writer.member("coord_origin", in: &object)
            writer.write(origin.rawValue)
        }
        try writer.member("l", in: &object)
        try writer.write(left)
        try writer.member("r", in: &object)
        try writer.write(right)
        try writer.member("t", in: &object)
        try writer.write(top)
        try writer.end(&object)
    }
}
