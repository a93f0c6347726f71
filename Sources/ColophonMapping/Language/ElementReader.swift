/// Reads the elements that a mapping writes.
struct ElementReader {
    let known: MappingNames

    private static let depthMax = 20

    func element(_ value: LocatedJSON, in list: String? = nil, depth: Int) throws(MappingFileError) -> ElementTemplate {
        let object = try RuleObject(
            value, "An element",
            known: ["element", "attributes", "text", "value", "decimals", "date", "content", "each", "optional"])
        guard depth < Self.depthMax else { throw object.error("Elements are nested more than \(Self.depthMax) deep.") }
        let name = try object.required("element").string("element")
        guard Self.isXMLName(name) else { throw object.error("\"\(name)\" is no element's name.") }
        let each = try object.string("each")
        if let each {
            guard depth > 0, known.hasList(each) else { throw object.error("There is no list \"\(each)\", or the root is to be repeated.") }
        }
        let inner = each ?? list
        var attributes: [(String, ElementTemplate.Content)] = []
        for member in try object["attributes"]?.members("attributes") ?? [] {
            guard Self.isXMLName(member.name) else {
                throw MappingFileError(line: member.line, "\"\(member.name)\" is no attribute's name.")
            }
            if case .string(let text) = member.value.kind {
                attributes.append((member.name, .text(text)))
            } else {
                let attribute = try RuleObject(member.value, "An attribute", known: ["value", "decimals", "date"])
                attributes.append((member.name, try self.value(attribute, in: inner)))
            }
        }
        return ElementTemplate(
            name: name, attributes: attributes, content: try content(object, in: inner, depth: depth), each: each,
            isOptional: try object.bool("optional"))
    }

    private func content(_ object: RuleObject, in list: String?, depth: Int) throws(MappingFileError) -> ElementTemplate.Content {
        guard ["text", "value", "content"].filter(object.has).count <= 1 else {
            throw object.error("An element has only one of text, value, content.")
        }
        if object.has("value") { return try value(object, in: list) }
        guard object.has("content") else { return .text(try object.string("text") ?? "") }
        var elements: [ElementTemplate] = []
        for child in try object.elements("content") { elements.append(try element(child, in: list, depth: depth + 1)) }
        return .elements(elements)
    }

    private func value(_ object: RuleObject, in list: String?) throws(MappingFileError) -> ElementTemplate.Content {
        guard let expression = try object.expression("value") else { throw object.error("\"value\" is missing.") }
        try known.check(expression, in: list, line: object.line)
        let date = try object.string("date") ?? "YYYY-MM-DD"
        guard ["YYYY-MM-DD", "YYYYMMDD"].contains(date) else { throw object.error("\"date\" must be YYYY-MM-DD or YYYYMMDD.") }
        return .value(expression, decimals: try object.integer("decimals", in: 0...10), dateDigits: date == "YYYYMMDD")
    }

    /// A qualified name (Namespaces in XML 1.0) of ASCII letters.
    private static func isXMLName(_ name: String) -> Bool {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in
                guard let first = part.utf8.first, first | 0x20 >= 0x61 && first | 0x20 <= 0x7A || first == 0x5F else { return false }
                return part.utf8.allSatisfy {
                    ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || (0x30...0x39).contains($0) || "_-.".utf8.contains($0)
                }
            }
    }
}
