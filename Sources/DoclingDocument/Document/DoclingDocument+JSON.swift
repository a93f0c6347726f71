extension DoclingDocument {
    /// How much a reader takes from a source it does not trust.
    public struct DecodingLimits: Hashable, Sendable {
        /// Bytes of JSON text.
        public var bytesMax: Int
        /// Arrays and objects within each other; a document of the schema needs about ten.
        public var depthMax: Int
        /// Rows times columns of one table.
        public var tableCellsMax: Int
        /// Rows times columns of all tables together.
        public var tableCellsTotalMax: Int

        public init(
            bytesMax: Int = 256 << 20, depthMax: Int = 128, tableCellsMax: Int = TableGrid.slotsMax,
            tableCellsTotalMax: Int = TableGrid.slotsTotalMax
        ) {
            self.bytesMax = bytesMax
            self.depthMax = depthMax
            self.tableCellsMax = tableCellsMax
            self.tableCellsTotalMax = tableCellsTotalMax
        }

        public static let `default` = DecodingLimits()
    }

    /// Reads a document from JSON text, bytes or `Data`.
    ///
    /// - Throws: `DoclingDocumentError`, with the byte at which reading stopped.
    /// - Complexity: O(bytes).
    public init(json: some Collection<UInt8>, limits: DecodingLimits = .default) throws(DoclingDocumentError) {
        guard json.count <= limits.bytesMax else {
            throw DoclingDocumentError(.tooLarge, "the document is larger than \(limits.bytesMax) bytes")
        }
        self = try JSONReader.read(DoclingDocument.self, from: Array(json), limits: limits)
    }

    /// The document as JSON text without white space, members in the order of their names: equal documents give equal
    /// bytes.
    ///
    /// - Throws: `notFinite` when a coordinate is infinite or not a number, `tooLarge` when a table is.
    /// - Complexity: O(bytes).
    public func jsonBytes() throws(DoclingDocumentError) -> [UInt8] {
        var writer = JSONWriter()
        writer.reserve(1024 + 600 * (texts.count + groups.count))
        try write(to: &writer)
        return writer.bytes
    }

    /// Half of what a table says in JSON is its grid, which says the cells again; whoever passes documents on can leave it out and have it
    /// made where they are written at last.
    package mutating func setGrids(areWritten: Bool) {
        for index in tables.indices { tables[index].data.writesGrid = areWritten }
    }
}

extension DoclingDocument: JSONReadable, JSONWritable {
    init(from reader: inout JSONReader) throws(DoclingDocumentError) {
        var document = DoclingDocument(name: "")
        var schemaName = "DoclingDocument"
        document.leftOut = .all
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            if reader.takeNull() {
                document.extra[name.string] = .null
                return
            }
            switch name {
            case "schema_name":
                schemaName = try reader.readString()
                document.leftOut.remove(.schemaName)
            case "version":
                document.version = try reader.readString()
                document.leftOut.remove(.version)
            case "name":
                document.name = try reader.readString()
                document.leftOut.remove(.name)
            case "origin": document.origin = try reader.read()
            case "furniture":
                document.furniture = try reader.read()
                document.leftOut.remove(.furniture)
            case "body":
                document.body = try reader.read()
                document.leftOut.remove(.body)
            case "pages":
                document.pages = try DoclingDocument.readPages(from: &reader)
                document.leftOut.remove(.pages)
            default:
                if try document.readItems(name, from: &reader) { return }
                document.extra[name.string] = try reader.readValue()
            }
        }
        guard schemaName == "DoclingDocument", !document.leftOut.contains(.name) else {
            throw DoclingDocumentError(.notDoclingDocument, "schema_name is not DoclingDocument or name is missing")
        }
        guard SchemaVersion(document.version)?.major == 1 else {
            throw DoclingDocumentError(.unsupportedVersion, "only versions 1.x of the schema are read")
        }
        self = document
    }

    private mutating func readItems(_ name: JSONName, from reader: inout JSONReader) throws(DoclingDocumentError) -> Bool {
        switch name {
        case "groups":
            groups = try reader.readArray()
            leftOut.remove(.groups)
        case "texts":
            texts = try reader.readArray()
            leftOut.remove(.texts)
        case "pictures":
            pictures = try reader.readArray()
            leftOut.remove(.pictures)
        case "tables":
            tables = try reader.readArray()
            leftOut.remove(.tables)
        case "key_value_items":
            keyValueItems = try reader.readArray()
            leftOut.remove(.keyValueItems)
        case "form_items":
            formItems = try reader.readArray()
            leftOut.remove(.formItems)
        case "field_regions":
            fieldRegions = try reader.readArray()
            leftOut.remove(.fieldRegions)
        case "field_items":
            fieldItems = try reader.readArray()
            leftOut.remove(.fieldItems)
        default: return false
        }
        return true
    }

    private static func readPages(from reader: inout JSONReader) throws(DoclingDocumentError) -> [Int: DocumentPage] {
        var pages: [Int: DocumentPage] = [:]
        try reader.readObject { (reader, name) throws(DoclingDocumentError) in
            let key = name.string
            guard let number = Int(key), number.description == key else { throw reader.unexpected("the name of a page is no number") }
            pages[number] = try reader.read()
        }
        return pages
    }

    func write(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: extra)
        func member(_ name: StaticString, _ bit: Members, isDefault: Bool) throws(DoclingDocumentError) -> Bool {
            if isDefault, leftOut.contains(bit) { return false }
            try writer.member(name, in: &object)
            return true
        }
        if try member("body", .body, isDefault: body == DoclingDocument.emptyBody) { try writer.write(body) }
        if try member("field_items", .fieldItems, isDefault: fieldItems.isEmpty) { try writer.write(fieldItems) }
        if try member("field_regions", .fieldRegions, isDefault: fieldRegions.isEmpty) { try writer.write(fieldRegions) }
        if try member("form_items", .formItems, isDefault: formItems.isEmpty) { try writer.write(formItems) }
        if try member("furniture", .furniture, isDefault: furniture == DoclingDocument.emptyFurniture) { try writer.write(furniture) }
        if try member("groups", .groups, isDefault: groups.isEmpty) { try writer.write(groups) }
        if try member("key_value_items", .keyValueItems, isDefault: keyValueItems.isEmpty) { try writer.write(keyValueItems) }
        if try member("name", .name, isDefault: false) { writer.write(name) }
        if let origin {
            try writer.member("origin", in: &object)
            try writer.write(origin)
        }
        if try member("pages", .pages, isDefault: pages.isEmpty) { try writePages(to: &writer) }
        if try member("pictures", .pictures, isDefault: pictures.isEmpty) { try writer.write(pictures) }
        if try member("schema_name", .schemaName, isDefault: true) { writer.write("DoclingDocument") }
        if try member("tables", .tables, isDefault: tables.isEmpty) { try writer.write(tables) }
        if try member("texts", .texts, isDefault: texts.isEmpty) { try writer.write(texts) }
        if try member("version", .version, isDefault: version == DoclingDocument.schemaVersion) { writer.write(version) }
        try writer.end(&object)
    }

    private static let emptyBody = DoclingDocument(name: "").body
    private static let emptyFurniture = DoclingDocument(name: "").furniture

    private func writePages(to writer: inout JSONWriter) throws(DoclingDocumentError) {
        var object = writer.begin(extra: [:])
        for (key, page) in pages.map({ ($0.key.description, $0.value) }).sorted(by: { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }) {
            writer.member(named: key, in: &object)
            try writer.write(page)
        }
        try writer.end(&object)
    }
}
