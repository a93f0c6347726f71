/// Reads how a field is found.
struct FieldReader {
    private static let findsMax = 30
    static let labelsMax = 100

    func field(_ member: LocatedJSON.Member) throws(MappingFileError) -> FieldRule {
        guard Self.isField(member.name) else {
            throw MappingFileError(
                line: member.line,
                "\"\(member.name)\" is no field's name: parts of small letters, digits and underscores, with a point between them.")
        }
        let object = try RuleObject(member.value, "A field", known: ["title", "type", "find", "required", "pattern"])
        let finds = try object.elements("find")
        guard finds.count <= Self.findsMax else { throw object.error("There are more than \(Self.findsMax) ways to find it.") }
        var findings: [Finding] = []
        for find in finds { findings.append(try finding(find)) }
        return FieldRule(
            name: member.name, title: try object.string("title") ?? Self.title(member.name), type: try object.word("type") ?? .text,
            finds: findings, isRequired: try object.bool("required"), pattern: try object.pattern("pattern"))
    }

    /// A name as people read it.
    static func title(_ name: String) -> String { name.replacing(".", with: " ").replacing("_", with: " ") }

    private static func isField(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return (1...3).contains(parts.count) && parts.allSatisfy(MappingName.isPart) && !["item", "settings"].contains(parts[0])
    }

    private func finding(_ value: LocatedJSON) throws(MappingFileError) -> Finding {
        let ways = ["label", "block", "pattern", "line", "embedded", "setting", "literal"]
        let object = try RuleObject(value, "A way to find a field", known: ways + ["side", "last", "lines", "value_pattern"])
        guard let way = ways.first(where: object.has), ways.filter(object.has).count == 1 else {
            throw object.error("A way to find a field has one of \(ways.joined(separator: ", ")).")
        }
        switch way {
        case "label":
            return .label(
                LabelRule(
                    labels: try Self.labels(object, "label"), side: try object.word("side") ?? .beside, isLast: try object.bool("last"),
                    pattern: try object.pattern("value_pattern")))
        case "block":
            let lines = try object.elements("lines")
            guard lines.count == 2, case .number(let first) = lines[0].kind, case .number(let last) = lines[1].kind, let first = Int(first),
                let last = Int(last), first >= 1, last >= first, last <= 20
            else { throw object.error("\"lines\" must be two numbers from 1 to 20: the first and the last line below the label.") }
            return .block(labels: try Self.labels(object, "block"), lines: first...last)
        case "pattern":
            guard let pattern = try object.pattern("pattern") else { throw object.error("\"pattern\" is missing.") }
            return .pattern(pattern, isLast: try object.bool("last"))
        case "line":
            guard let line = try object.integer("line", in: 1...100) else { throw object.error("\"line\" is missing.") }
            return .line(line)
        case "embedded": return .embedded(try Self.path(try object.required("embedded")))
        case "setting": return .setting(try object.required("setting").string("setting"))
        default: return .literal(try object.required("literal").string("literal"))
        }
    }

    static func labels(_ object: RuleObject, _ name: String) throws(MappingFileError) -> [Label] {
        var labels: [Label] = []
        for text in try object.strings(name) {
            guard let label = Label(text) else { throw object.error("\"\(text)\" has no letter to be found by.") }
            labels.append(label)
        }
        guard labels.count <= labelsMax else { throw object.error("There are more than \(labelsMax) labels.") }
        return labels
    }

    static func path(_ value: LocatedJSON) throws(MappingFileError) -> ElementPath {
        guard let path = ElementPath(try value.string("embedded")) else {
            throw MappingFileError(line: value.line, "A path is of elements' names with a slash between them.")
        }
        return path
    }
}
