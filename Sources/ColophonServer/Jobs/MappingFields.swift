import ColophonCore

/// The mapping that a form asks for, in its fields `mapping` and `pretty`.
enum MappingFields {
    /// - Parameter usual: For a form that names none.
    /// - Returns: Nil where neither names one.
    /// - Throws: `badRequest` for a `pretty` that is neither 0 nor 1.
    static func choice(_ fields: [String: String], usual: String? = nil) throws -> MappingChoice? {
        let pretty = fields["pretty"] ?? ""
        guard ["", "0", "1", "true", "false"].contains(pretty) else {
            throw ColophonError(.badRequest, "pretty must be 0 or 1.", field: "pretty")
        }
        let name = fields["mapping"].flatMap { $0.isEmpty ? nil : $0 } ?? usual
        return name.map { MappingChoice(name: $0, isPretty: ["1", "true"].contains(pretty)) }
    }
}
