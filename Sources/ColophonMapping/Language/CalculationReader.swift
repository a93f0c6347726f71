/// Reads what a mapping calculates and checks.
struct CalculationReader {
    let root: RuleObject

    private static let countMax = 200

    /// - Parameter known: Receives the fields that are calculated.
    func computations(_ known: inout MappingNames) throws(MappingFileError) -> [Mapping.Computation] {
        let values = try root.elements("compute")
        guard values.count <= Self.countMax else { throw root.error("There are more than \(Self.countMax) calculations.") }
        var computations: [Mapping.Computation] = []
        for value in values {
            let object = try RuleObject(value, "A calculation", known: ["field", "value", "fallback"])
            let field = try object.required("field").string("field")
            guard field.split(separator: ".").map(String.init).allSatisfy(MappingName.isPart) else {
                throw object.error("\"\(field)\" is no field's name.")
            }
            guard let expression = try object.expression("value") else { throw object.error("\"value\" is missing.") }
            let list = known.list(of: field)
            try known.check(expression, in: list?.list, line: object.line)
            known.declare(field: field)
            computations.append(
                Mapping.Computation(
                    field: list?.column ?? field, list: list?.list, expression: expression, isFallback: try object.bool("fallback")))
        }
        return computations
    }

    func checks(_ known: MappingNames) throws(MappingFileError) -> [Mapping.Check] {
        let values = try root.elements("checks")
        guard values.count <= Self.countMax else { throw root.error("There are more than \(Self.countMax) checks.") }
        var checks: [Mapping.Check] = []
        for value in values {
            let object = try RuleObject(value, "A check", known: ["that", "message", "each", "field", "warns"])
            let list = try object.string("each")
            if let list, !known.hasList(list) { throw object.error("There is no list \"\(list)\".") }
            guard let condition = try object.expression("that") else { throw object.error("\"that\" is missing.") }
            let message = try MessageTemplate(reading: try object.required("message").string("message"), line: object.line)
            for expression in [condition] + message.expressions { try known.check(expression, in: list, line: object.line) }
            checks.append(
                Mapping.Check(
                    list: list, condition: condition, message: message, field: try object.string("field"),
                    onlyWarns: try object.bool("warns")))
        }
        return checks
    }
}
