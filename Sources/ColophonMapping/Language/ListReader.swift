/// Reads how a list's lines are found.
struct ListReader {
    private static let columnsMax = 40

    func list(_ member: LocatedJSON.Member) throws(MappingFileError) -> ListRule {
        let object = try RuleObject(
            member.value, "A list", known: ["title", "columns", "anchors", "ends", "skips", "embedded", "required"])
        let members = try object.required("columns").members("columns")
        guard (1...Self.columnsMax).contains(members.count) else { throw object.error("A list has 1 to \(Self.columnsMax) columns.") }
        var columns: [ListRule.Column] = []
        for member in members { columns.append(try column(member)) }
        let anchors = try object.strings("anchors")
        let names = columns.map(\.name)
        guard !anchors.isEmpty else { throw object.error("\"anchors\" must name the columns that begin a line.") }
        for name in anchors + columns.compactMap(\.rest) where !names.contains(name) {
            throw object.error("There is no column \"\(name)\".")
        }
        return ListRule(
            name: member.name, title: try object.string("title") ?? FieldReader.title(member.name), columns: columns, anchors: anchors,
            ends: try FieldReader.labels(object, "ends"), skips: try FieldReader.labels(object, "skips"), embedded: try paths(object),
            isRequired: try object.bool("required"))
    }

    private func column(_ member: LocatedJSON.Member) throws(MappingFileError) -> ListRule.Column {
        try MappingReader.requireName(member)
        let object = try RuleObject(
            member.value, "A column", known: ["title", "type", "heads", "required", "pattern", "embedded", "rest"])
        return ListRule.Column(
            name: member.name, title: try object.string("title") ?? FieldReader.title(member.name), type: try object.word("type") ?? .text,
            heads: try FieldReader.labels(object, "heads"), isRequired: try object.bool("required"), pattern: try object.pattern("pattern"),
            embedded: try paths(object), rest: try object.string("rest"))
    }

    private func paths(_ object: RuleObject) throws(MappingFileError) -> [ElementPath] {
        var paths: [ElementPath] = []
        for text in try object.strings("embedded") {
            guard let path = ElementPath(text) else { throw object.error("\"\(text)\" is no path of elements' names.") }
            paths.append(path)
        }
        return paths
    }
}
