/// A node that only holds its children together: a list, a run of inline items, a section, a slide.
public struct GroupItem: StoredNode {
    public var selfRef: String
    public var parent: Reference?
    public var children: [Reference] = []
    public var contentLayer: ContentLayer = .body
    public var meta: ItemMeta?
    public var name: String
    public var label: GroupLabel
    public var extra: [String: JSONValue] = [:]
    var leftOut: MemberSet = []

    public init(selfRef: String, parent: Reference? = nil, name: String = "group", label: GroupLabel = .unspecified) {
        self.selfRef = selfRef
        self.parent = parent
        self.name = name
        self.label = label
    }

    /// Whether this is a list, ordered or not.
    public var isList: Bool { label == .list || label == .orderedList }
}

extension GroupItem: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var item = GroupItem(selfRef: "")
        item.leftOut = [.node, .name, .label]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if try item.readNodeMember(name, from: &reader) { return }
            switch name {
            case "name":
                item.name = try reader.readString()
                item.leftOut.remove(.name)
            case "label":
                item.label = try reader.readLabel()
                item.leftOut.remove(.label)
            default: item.extra[name.string] = try reader.readValue()
            }
        }
        try item.leftOut.requireNone(of: [(.selfRef, "self_ref")], reader)
        self = item
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writeChildren(to: &writer, in: &object)
        try writeContentLayer(to: &writer, in: &object)
        if writes(.label, isDefault: label == .unspecified) {
            try writer.member("label", in: &object)
            writer.write(label.rawValue)
        }
        try writeMeta(to: &writer, in: &object)
        if writes(.name, isDefault: name == "group") {
            try writer.member("name", in: &object)
            writer.write(name)
        }
        try writeParent(to: &writer, in: &object)
        try writeSelfRef(to: &writer, in: &object)
        try writer.end(&object)
    }
}
