import FoundationEssentials

/// A JSON value that a client sent as text, for those who look at its shape.
enum PlainJSON: Decodable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([PlainJSON])
    case object([String: PlainJSON])

    /// - Returns: Nil when the text is no JSON.
    init?(_ text: String) {
        guard let value = try? JSONDecoder().decode(PlainJSON.self, from: Data(text.utf8)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let values = try? container.decode([PlainJSON].self) {
            self = .array(values)
        } else {
            self = .object(try container.decode([String: PlainJSON].self))
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
