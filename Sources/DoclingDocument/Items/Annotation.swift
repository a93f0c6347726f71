/// What was found out about a picture or a table, as schemas before 1.8 wrote it; `ItemMeta` took its place.
public struct Annotation: Hashable, Sendable {
    /// Such as `description`, `classification`, `molecule_data`, `tabular_chart_data` or `misc`.
    public var kind: String
    /// All members but `kind`.
    public var members: [String: JSONValue]

    public init(kind: String, members: [String: JSONValue] = [:]) {
        self.kind = kind
        self.members = members
    }
}

extension Annotation: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var kind: String?
        var members: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "kind": kind = try reader.readString()
            default: members[name.string] = try reader.readValue()
            }
        }
        guard let kind else { throw DoclingDocumentError(.missingMember, "kind of an annotation is missing", offset: reader.position) }
        self.init(kind: kind, members: members)
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: members)
        try writer.member("kind", in: &object)
        writer.write(kind)
        try writer.end(&object)
    }
}
