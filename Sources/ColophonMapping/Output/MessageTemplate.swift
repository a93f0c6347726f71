/// A sentence with values in braces.
struct MessageTemplate: Sendable {
    enum Part: Sendable {
        case text(String)
        case value(Expression)
    }

    var parts: [Part]

    init(reading text: String, line: Int) throws(MappingFileError) {
        parts = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { throw MappingFileError(line: line, "A brace is not closed.") }
            parts.append(.text(String(rest[..<open])))
            parts.append(.value(try Expression(reading: String(rest[rest.index(after: open)..<close]), line: line)))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
    }

    var expressions: [Expression] {
        parts.compactMap { if case .value(let expression) = $0 { expression } else { nil } }
    }
}
