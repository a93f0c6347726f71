/// A piece of text: a paragraph, a heading, an item of a list, a piece of code, a formula, a caption.
///
/// The label says which. Members that only some labels have are optional and stay `nil` for the others.
public struct TextItem: StoredNode, FloatingItem {
    public var selfRef: String
    public var parent: Reference?
    public var children: [Reference] = []
    public var contentLayer: ContentLayer = .body
    public var meta: ItemMeta?
    public var label: DocItemLabel
    public var prov: [Provenance] = []
    public var source: [JSONValue] = []
    public var comments: [FineReference] = []
    /// The text as the source has it.
    public var orig: String
    /// The text after it was cleaned.
    public var text: String
    public var formatting: Formatting?
    /// A URL or a path. It comes from the document: check its scheme before following it.
    public var hyperlink: String?
    /// Of a section header or a field heading, from 1 to 100; 1 when absent.
    public var level: Int?
    /// Whether an item of a list is numbered; false when absent.
    public var enumerated: Bool?
    /// The bullet or number of an item of a list, such as `-` or `1.`; `-` when absent.
    public var marker: String?
    /// Of a piece of code.
    public var codeLanguage: CodeLanguage?
    /// Of the value of a field: `read_only` or `fillable`.
    public var kind: String?
    /// Of a piece of code, as are the next three.
    public var captions: [Reference] = []
    public var references: [Reference] = []
    public var footnotes: [Reference] = []
    public var image: ImageReference?
    public var extra: [String: JSONValue] = [:]
    var leftOut: MemberSet = .leftOutWhileEmpty

    /// - Parameter orig: The same as `text` when `nil`.
    public init(selfRef: String, parent: Reference? = nil, label: DocItemLabel, text: String, orig: String? = nil) {
        self.selfRef = selfRef
        self.parent = parent
        self.label = label
        self.text = text
        self.orig = orig ?? text
        switch label {
        case .code:
            codeLanguage = .unknown
            return
        case .sectionHeader, .fieldHeading: level = 1
        case .listItem:
            enumerated = false
            marker = "-"
        case .fieldValue: kind = "read_only"
        default: break
        }
        leftOut.formUnion(.floating)
    }
}

extension TextItem: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var item = TextItem(selfRef: "", label: .text, text: "")
        item.leftOut = [.docItem, .floating, .text, .orig]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if try item.readDocItemMember(name, from: &reader) { return }
            switch name {
            case "orig":
                item.orig = try reader.readString()
                item.leftOut.remove(.orig)
            case "text":
                item.text = try reader.readString()
                item.leftOut.remove(.text)
            case "formatting": item.formatting = try reader.read()
            case "hyperlink": item.hyperlink = try reader.readString()
            case "level": item.level = try reader.readInt()
            case "enumerated": item.enumerated = try reader.readBool()
            case "marker": item.marker = try reader.readString()
            case "code_language": item.codeLanguage = try reader.readLabel()
            case "kind": item.kind = try reader.readString()
            default:
                if try item.readFloatingMember(name, from: &reader) { return }
                item.extra[name.string] = try reader.readValue()
            }
        }
        try item.leftOut.requireNone(
            of: [(.selfRef, "self_ref"), (.label, "label"), (.orig, "orig"), (.text, "text")], reader)
        self = item
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writeCaptions(to: &writer, in: &object)
        try writeChildren(to: &writer, in: &object)
        try write(codeLanguage?.rawValue, as: "code_language", to: &writer, in: &object)
        try writeComments(to: &writer, in: &object)
        try writeContentLayer(to: &writer, in: &object)
        if let enumerated {
            try writer.member("enumerated", in: &object)
            writer.write(enumerated)
        }
        try writeFootnotes(to: &writer, in: &object)
        if let formatting {
            try writer.member("formatting", in: &object)
            try writer.write(formatting)
        }
        try write(hyperlink, as: "hyperlink", to: &writer, in: &object)
        try writeImage(to: &writer, in: &object)
        try write(kind, as: "kind", to: &writer, in: &object)
        try writeLabel(to: &writer, in: &object)
        if let level {
            try writer.member("level", in: &object)
            writer.write(level)
        }
        try write(marker, as: "marker", to: &writer, in: &object)
        try writeMeta(to: &writer, in: &object)
        try write(orig, as: "orig", to: &writer, in: &object)
        try writeParent(to: &writer, in: &object)
        try writeProv(to: &writer, in: &object)
        try writeReferences(to: &writer, in: &object)
        try writeSelfRef(to: &writer, in: &object)
        try writeSource(to: &writer, in: &object)
        try write(text, as: "text", to: &writer, in: &object)
        try writer.end(&object)
    }

    private func write(
        _ string: String?, as name: StaticString, to writer: inout JSONWriter, in object: inout JSONWriter.Object
    ) throws(DoclingDocumentError) {
        guard let string else { return }
        try writer.member(name, in: &object)
        writer.write(string)
    }
}
