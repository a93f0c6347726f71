import DoclingDocument

/// A JSON value that a client sent as text, for those who look at its shape.
package enum PlainJSON: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([PlainJSON])
    case object([String: PlainJSON])

    /// Arrays and objects within each other.
    package static let depthMax = 64

    /// - Returns: Nil when the text is no JSON, or is nested deeper than anybody needs.
    /// - Complexity: O(bytes). `JSONDecoder` would try each value as every type, at a cost that grows with its depth.
    package init?(_ text: some Sequence<UInt8>) {
        guard let value = try? JSONValue(json: Array(text), depthMax: Self.depthMax) else { return nil }
        self.init(value)
    }

    private init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number):
            let whole = number.int.map(Int64.init) ?? Int64(exactly: number.double)
            self = whole.map(PlainJSON.integer) ?? .number(number.double)
        case .string(let text): self = .text(text)
        case .array(let values): self = .array(values.map(PlainJSON.init))
        case .object(let members): self = .object(members.mapValues(PlainJSON.init))
        }
    }

    /// Whether it says nothing: null, an empty text, or a list of such.
    var isBlank: Bool {
        switch self {
        case .null: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .array(let values): values.allSatisfy(\.isBlank)
        default: false
        }
    }
}
