import ArgumentParser
import ColophonAPI
import ColophonClient

/// `FIELD:OPERATOR:VALUE`; what the field takes decides how the value is sent.
struct FilterArgument: ExpressibleByArgument {
    let filter: DocumentFilter

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 2, !parts[0].isEmpty, let op = DocumentFilter.Operator(rawValue: parts[1]) else { return nil }
        let field = DocumentFilter.Field(rawValue: parts[0])
        switch op {
        case .isEmpty, .isNotEmpty:
            guard parts.count == 2 else { return nil }
            filter = DocumentFilter(field, op)
        case .in, .notIn, .between:
            guard parts.count == 3 else { return nil }
            filter = DocumentFilter(field, op, .array(parts[2].split(separator: ",").map { Self.value(String($0), of: field) }))
        default:
            guard parts.count == 3 else { return nil }
            filter = DocumentFilter(field, op, Self.value(parts[2], of: field))
        }
    }

    private static func value(_ text: String, of field: DocumentFilter.Field) -> JSONValue {
        switch field {
        case .byteSize: Int64(text).map { .integer($0) } ?? .string(text)
        case .hasOutput: Bool(text).map { .bool($0) } ?? .string(text)
        default: .string(text)
        }
    }
}

/// `KEY`, or `-KEY` for falling order.
struct SortArgument: ExpressibleByArgument {
    let sort: DocumentSort

    init?(argument: String) {
        let name = argument.hasPrefix("-") ? String(argument.dropFirst()) : argument
        guard !name.isEmpty else { return nil }
        sort = DocumentSort(DocumentSort.Key(rawValue: name), isDescending: argument.hasPrefix("-"))
    }
}
