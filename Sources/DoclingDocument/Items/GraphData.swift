/// Cells and the links between them: which value belongs to which key.
public struct GraphData: Hashable, Sendable {
    public var cells: [Cell]
    public var links: [Link]
    public var extra: [String: JSONValue] = [:]
    private var leftOut: MemberSet = []

    public init(cells: [Cell] = [], links: [Link] = []) {
        self.cells = cells
        self.links = links
    }

    public struct Cell: Hashable, Sendable {
        public var label: GraphCellLabel
        /// What links name the cell by.
        public var id: Int
        public var text: String
        public var orig: String
        public var prov: Provenance?
        /// The item of the document that the cell stands for.
        public var item: Reference?
        public var extra: [String: JSONValue] = [:]

        public init(label: GraphCellLabel, id: Int, text: String, orig: String? = nil, prov: Provenance? = nil, item: Reference? = nil) {
            self.label = label
            self.id = id
            self.text = text
            self.orig = orig ?? text
            self.prov = prov
            self.item = item
        }
    }

    public struct Link: Hashable, Sendable {
        public var label: GraphLinkLabel
        /// The ids of the cells.
        public var source: Int
        public var target: Int
        public var extra: [String: JSONValue] = [:]

        public init(label: GraphLinkLabel, source: Int, target: Int) {
            self.label = label
            self.source = source
            self.target = target
        }
    }
}

extension GraphData: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var graph = GraphData()
        graph.leftOut = [.cells, .links]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "cells":
                graph.cells = try reader.readArray()
                graph.leftOut.remove(.cells)
            case "links":
                graph.links = try reader.readArray()
                graph.leftOut.remove(.links)
            default: graph.extra[name.string] = try reader.readValue()
            }
        }
        self = graph
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        if !cells.isEmpty || !leftOut.contains(.cells) {
            try writer.member("cells", in: &object)
            try writer.write(cells)
        }
        if !links.isEmpty || !leftOut.contains(.links) {
            try writer.member("links", in: &object)
            try writer.write(links)
        }
        try writer.end(&object)
    }
}

extension GraphData.Cell: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var cell = Self(label: .unspecified, id: 0, text: "")
        var required = 0
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                cell.extra[name.string] = .null
                return
            }
            switch name {
            case "label":
                cell.label = try reader.readLabel()
                required |= 1
            case "cell_id":
                cell.id = try reader.readInt()
                required |= 2
            case "text":
                cell.text = try reader.readString()
                required |= 4
            case "orig":
                cell.orig = try reader.readString()
                required |= 8
            case "prov": cell.prov = try reader.read()
            case "item_ref": cell.item = try reader.read()
            default: cell.extra[name.string] = try reader.readValue()
            }
        }
        guard required == 15 else {
            throw DoclingDocumentError(.missingMember, "cell_id, label, orig or text of a graph's cell is missing", offset: reader.position)
        }
        self = cell
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("cell_id", in: &object)
        writer.write(id)
        if let item {
            try writer.member("item_ref", in: &object)
            try writer.write(item)
        }
        try writer.member("label", in: &object)
        writer.write(label.rawValue)
        try writer.member("orig", in: &object)
        writer.write(orig)
        if let prov {
            try writer.member("prov", in: &object)
            try writer.write(prov)
        }
        try writer.member("text", in: &object)
        writer.write(text)
        try writer.end(&object)
    }
}

extension GraphData.Link: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var label: GraphLinkLabel?
        var source: Int?
        var target: Int?
        var extra: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            switch name {
            case "label": label = try reader.readLabel()
            case "source_cell_id": source = try reader.readInt()
            case "target_cell_id": target = try reader.readInt()
            default: extra[name.string] = try reader.readValue()
            }
        }
        guard let label, let source, let target else {
            throw DoclingDocumentError(.missingMember, "label, source or target of a graph's link is missing", offset: reader.position)
        }
        self.init(label: label, source: source, target: target)
        self.extra = extra
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        try writer.member("label", in: &object)
        writer.write(label.rawValue)
        try writer.member("source_cell_id", in: &object)
        writer.write(source)
        try writer.member("target_cell_id", in: &object)
        writer.write(target)
        try writer.end(&object)
    }
}
