/// What was found out about a node, each under its own name (schema 1.8 and later).
///
/// Kept as JSON, because the schema leaves it open: any name of the form `namespace__name` may appear beside the ones
/// that have an accessor here.
public struct ItemMeta: Hashable, Sendable {
    public var members: [String: JSONValue]

    public init(members: [String: JSONValue] = [:]) {
        self.members = members
    }

    public var summary: String? {
        get { members["summary"]?["text"]?.string }
        set { setText(newValue, for: "summary") }
    }

    /// A description in words, which pictures and tables have.
    public var description: String? {
        get { members["description"]?["text"]?.string }
        set { setText(newValue, for: "description") }
    }

    /// A BCP 47 code such as `en`.
    public var language: String? { members["language"]?["code"]?.string }
    public var keywords: [String] { strings(in: "keywords") }
    public var topics: [String] { strings(in: "topics") }
    /// The SMILES notation of a molecule that a picture shows.
    public var molecule: String? { members["molecule"]?["smi"]?.string }
    /// The source code of what a picture shows.
    public var code: String? { members["code"]?["text"]?.string }

    /// What a picture was taken for, best first when the document orders them so.
    public var classes: [PictureClass] {
        get {
            (members["classification"]?["predictions"]?.array ?? []).compactMap { prediction in
                guard let name = prediction["class_name"]?.string else { return nil }
                return PictureClass(
                    name: name, confidence: prediction["confidence"]?.double, createdBy: prediction["created_by"]?.string)
            }
        }
        set { members["classification"] = newValue.isEmpty ? nil : ["predictions": .array(newValue.map(\.json))] }
    }

    /// The most confident class; the first one where no confidence is given.
    public var mainClass: PictureClass? {
        var best: PictureClass?
        for candidate in classes where candidate.confidence != nil {
            if let confidence = best?.confidence, confidence >= candidate.confidence ?? 0 { continue }
            best = candidate
        }
        return best ?? classes.first
    }

    /// The numbers of a chart as a table.
    ///
    /// - Throws: What reading a table throws, when the member is no table.
    public func tabularChart() throws(DoclingDocumentError) -> TableData? {
        guard let data = members["tabular_chart"]?["chart_data"] else { return nil }
        return try data.decoded(as: TableData.self)
    }

    private func strings(in name: String) -> [String] {
        (members[name]?["values"]?.array ?? []).compactMap(\.string)
    }

    private mutating func setText(_ text: String?, for name: String) {
        guard let text else {
            members[name] = nil
            return
        }
        var members = self.members[name]?.object ?? [:]
        members["text"] = .string(text)
        self.members[name] = .object(members)
    }

    /// What a picture may show, and how likely.
    public struct PictureClass: Hashable, Sendable {
        /// Such as `bar_chart` or `logo`.
        public var name: String
        /// From 0 to 1.
        public var confidence: Double?
        /// The model that says so.
        public var createdBy: String?

        public init(name: String, confidence: Double? = nil, createdBy: String? = nil) {
            self.name = name
            self.confidence = confidence
            self.createdBy = createdBy
        }

        fileprivate var json: JSONValue {
            var members: [String: JSONValue] = ["class_name": .string(name)]
            members["confidence"] = confidence.flatMap(JSONNumber.init).map(JSONValue.number)
            members["created_by"] = createdBy.map(JSONValue.string)
            return .object(members)
        }
    }
}

extension ItemMeta: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var members: [String: JSONValue] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in members[name.string] = try reader.readValue() }
        self.init(members: members)
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: members)
        try writer.end(&object)
    }
}
