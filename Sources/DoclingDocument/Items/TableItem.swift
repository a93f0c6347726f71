/// A table, or the index of a document.
public struct TableItem: StoredNode, FloatingItem {
    public var selfRef: String
    public var parent: Reference?
    public var children: [Reference] = []
    public var contentLayer: ContentLayer = .body
    public var meta: ItemMeta?
    public var label: DocItemLabel
    public var prov: [Provenance] = []
    public var source: [JSONValue] = []
    public var comments: [FineReference] = []
    public var captions: [Reference] = []
    public var references: [Reference] = []
    public var footnotes: [Reference] = []
    public var image: ImageReference?
    /// What schemas before 1.8 kept in place of `meta`.
    public var annotations: [Annotation] = []
    public var data: TableData
    public var extra: [String: JSONValue] = [:]
    var leftOut: MemberSet = .leftOutWhileEmpty

    public init(selfRef: String, parent: Reference? = nil, label: DocItemLabel = .table, data: TableData = TableData()) {
        self.selfRef = selfRef
        self.parent = parent
        self.label = label
        self.data = data
    }
}

extension TableItem: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var item = TableItem(selfRef: "")
        item.leftOut = [.docItem, .floating, .annotations, .data]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if try item.readDocItemMember(name, from: &reader) { return }
            if try item.readFloatingMember(name, from: &reader) { return }
            switch name {
            case "annotations":
                item.annotations = try reader.readArray()
                item.leftOut.remove(.annotations)
            case "data":
                item.data = try reader.read()
                item.leftOut.remove(.data)
            default: item.extra[name.string] = try reader.readValue()
            }
        }
        try item.leftOut.requireNone(of: [(.selfRef, "self_ref"), (.data, "data")], reader)
        self = item
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        if writes(.annotations, isDefault: annotations.isEmpty) {
            try writer.member("annotations", in: &object)
            try writer.write(annotations)
        }
        try writeCaptions(to: &writer, in: &object)
        try writeChildren(to: &writer, in: &object)
        try writeComments(to: &writer, in: &object)
        try writeContentLayer(to: &writer, in: &object)
        try writer.member("data", in: &object)
        try writer.write(data)
        try writeFootnotes(to: &writer, in: &object)
        try writeImage(to: &writer, in: &object)
        if writes(.label, isDefault: label == .table) { try writeLabel(to: &writer, in: &object) }
        try writeMeta(to: &writer, in: &object)
        try writeParent(to: &writer, in: &object)
        try writeProv(to: &writer, in: &object)
        try writeReferences(to: &writer, in: &object)
        try writeSelfRef(to: &writer, in: &object)
        try writeSource(to: &writer, in: &object)
        try writer.end(&object)
    }
}
