import Foundation

/// Reads a mapping out of its JSON, rule by rule.
struct MappingReader {
    private let root: RuleObject

    static let fieldsMax = 200
    private static let language = 1

    init(_ bytes: [UInt8]) throws(MappingFileError) {
        root = try RuleObject(
            try LocatedJSON.parse(bytes), "A mapping",
            known: [
                "$schema", "colophon_mapping", "name", "title", "summary", "dates", "decimal", "settings", "tables", "fields", "lists",
                "compute",
                "checks", "xml",
            ])
    }

    func mapping() throws(MappingFileError) -> Mapping {
        guard try root.integer("colophon_mapping", in: 1...1_000_000) == Self.language else {
            throw root.error("\"colophon_mapping\" must be \(Self.language), the version of the rules' language.")
        }
        let name = try root.required("name")
        let text = try name.string("name")
        guard MappingName.isValid(text) else {
            throw MappingFileError(
                line: name.line, "\"name\" must be of small letters, digits and underscores, and end in _v and a number.")
        }
        let settings = try self.settings()
        let tables = try self.tables()
        let fields = try self.fields()
        let lists = try self.lists()
        var known = MappingNames()
        try known.declare(settings: settings, tables: tables, fields: fields, lists: lists, line: root.line)
        let computations = try CalculationReader(root: root).computations(&known)
        let checks = try CalculationReader(root: root).checks(known)
        return Mapping(
            name: text, title: try root.required("title").string("title"), summary: try root.string("summary") ?? "", settings: settings,
            dateOrder: try root.word("dates") ?? .dayFirst, decimal: try root.word("decimal") ?? .auto, tables: tables, fields: fields,
            lists: lists, computations: computations, checks: checks,
            xml: try ElementReader(known: known).element(try root.required("xml"), depth: 0))
    }

    private func settings() throws(MappingFileError) -> [Mapping.Setting] {
        var settings: [Mapping.Setting] = []
        for member in try root["settings"]?.members("settings") ?? [] {
            try Self.requireName(member)
            let object = try RuleObject(member.value, "A setting", known: ["summary", "required", "pattern"])
            settings.append(
                Mapping.Setting(
                    name: member.name, summary: try object.required("summary").string("summary"), isRequired: try object.bool("required"),
                    pattern: try object.pattern("pattern")))
        }
        return settings
    }

    private func tables() throws(MappingFileError) -> [String: [String: String]] {
        var tables: [String: [String: String]] = [:]
        for member in try root["tables"]?.members("tables") ?? [] {
            try Self.requireName(member)
            var table: [String: String] = [:]
            for row in try member.value.members(member.name) {
                let key = TextKey.tableKey(row.name)
                guard !key.isEmpty, table[key] == nil else {
                    throw MappingFileError(line: row.line, "\"\(row.name)\" is no key, or is there twice but for case and signs.")
                }
                table[key] = try row.value.string(row.name)
            }
            tables[member.name] = table
        }
        return tables
    }

    private func fields() throws(MappingFileError) -> [FieldRule] {
        let members = try root["fields"]?.members("fields") ?? []
        guard members.count <= Self.fieldsMax else { throw root.error("There are more than \(Self.fieldsMax) fields.") }
        var fields: [FieldRule] = []
        for member in members { fields.append(try FieldReader().field(member)) }
        return fields
    }

    private func lists() throws(MappingFileError) -> [ListRule] {
        var lists: [ListRule] = []
        for member in try root["lists"]?.members("lists") ?? [] {
            try Self.requireName(member)
            lists.append(try ListReader().list(member))
        }
        return lists
    }

    static func requireName(_ member: LocatedJSON.Member) throws(MappingFileError) {
        guard MappingName.isPart(member.name) else {
            throw MappingFileError(
                line: member.line, "\"\(member.name)\" is no name: small letters, digits and underscores, a letter first.")
        }
    }
}
