/// A region of a form, or one field in it; keys and values are its children (schema 1.10).
public struct FieldItem: StoredNode, DocItem {
    public var selfRef: String
    public var parent: Reference?
    public var children: [Reference] = []
    public var contentLayer: ContentLayer = .body
    public var meta: ItemMeta?
    public var label: DocItemLabel
    public var prov: [Provenance] = []
    public var source: [JSONValue] = []
    public var comments: [FineReference] = []
    public var extra: [String: JSONValue] = [:]
    var leftOut: MemberSet = .leftOutWhileEmpty

    public init(selfRef: String, parent: Reference? = nil, label: DocItemLabel) {
        self.selfRef = selfRef
        self.parent = parent
        self.label = label
    }
}

extension FieldItem: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var item = FieldItem(selfRef: "", label: .fieldItem)
        item.leftOut = .docItem
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if try item.readDocItemMember(name, from: &reader) { return }
            item.extra[name.string] = try reader.readValue()
        }
        try item.leftOut.requireNone(of: [(.selfRef, "self_ref"), (.label, "label")], reader)
        self = item
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writeChildren(to: &writer, in: &object)
        try writeComments(to: &writer, in: &object)
        try writeContentLayer(to: &writer, in: &object)
        try writeLabel(to: &writer, in: &object)
        try writeMeta(to: &writer, in: &object)
        try writeParent(to: &writer, in: &object)
        try writeProv(to: &writer, in: &object)
        try writeSelfRef(to: &writer, in: &object)
        try writeSource(to: &writer, in: &object)
        try writer.end(&object)
    }
}
