/// A form, or a region of keys and values: a graph of cells that its links join.
public struct GraphItem: StoredNode, FloatingItem {
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
    public var graph: GraphData
    public var extra: [String: JSONValue] = [:]
    var leftOut: MemberSet = .leftOutWhileEmpty

    public init(selfRef: String, parent: Reference? = nil, label: DocItemLabel, graph: GraphData = GraphData()) {
        self.selfRef = selfRef
        self.parent = parent
        self.label = label
        self.graph = graph
    }
}

extension GraphItem: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var item = GraphItem(selfRef: "", label: .keyValueRegion)
        item.leftOut = [.docItem, .floating, .data]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if try item.readDocItemMember(name, from: &reader) { return }
            if try item.readFloatingMember(name, from: &reader) { return }
            switch name {
            case "graph":
                item.graph = try reader.read()
                item.leftOut.remove(.data)
            default: item.extra[name.string] = try reader.readValue()
            }
        }
        try item.leftOut.requireNone(of: [(.selfRef, "self_ref"), (.data, "graph"), (.label, "label")], reader)
        self = item
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writeCaptions(to: &writer, in: &object)
        try writeChildren(to: &writer, in: &object)
        try writeComments(to: &writer, in: &object)
        try writeContentLayer(to: &writer, in: &object)
        try writeFootnotes(to: &writer, in: &object)
        try writer.member("graph", in: &object)
        try writer.write(graph)
        try writeImage(to: &writer, in: &object)
        try writeLabel(to: &writer, in: &object)
        try writeMeta(to: &writer, in: &object)
        try writeParent(to: &writer, in: &object)
        try writeProv(to: &writer, in: &object)
        try writeReferences(to: &writer, in: &object)
        try writeSelfRef(to: &writer, in: &object)
        try writeSource(to: &writer, in: &object)
        try writer.end(&object)
    }
}
