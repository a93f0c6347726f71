import FoundationEssentials

/// Where a page of a list ended: the place of its last document in the order. Documents that come or go meanwhile move no other.
package struct DocumentCursor: Hashable, Sendable {
    package var sort: [SortKey]
    /// What the last document had in each of the sort's columns.
    package var values: [SortValue]
    package var id: DocumentID

    package init(sort: [SortKey], values: [SortValue], id: DocumentID) {
        self.sort = sort
        self.values = values
        self.id = id
    }

    /// The longest text: a name and its marks.
    private static let textMax = 16 << 10
    private static let version = 1

    private struct Wire: Codable {
        var v: Int
        var s: [String]
        var k: [Cell]
        var id: String

        enum Cell: Codable {
            case null
            case integer(Int64)
            case text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    self = .null
                } else if let value = try? container.decode(Int64.self) {
                    self = .integer(value)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .null: try container.encodeNil()
                case .integer(let value): try container.encode(value)
                case .text(let value): try container.encode(value)
                }
            }
        }
    }

    /// Base64url of JSON; clients pass it back as it is.
    package var text: String {
        get throws {
            let wire = Wire(
                v: Self.version, s: Self.words(sort),
                k: values.map {
                    switch $0 {
                    case .null: .null
                    case .integer(let value): .integer(value)
                    case .text(let value): .text(value)
                    }
                }, id: id.rawValue)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Base64URL.encode(try encoder.encode(wire))
        }
    }

    /// - Throws: `invalid` when the text is no cursor, or one of a list in another order.
    package init(_ text: String, sort: [SortKey]) throws {
        guard text.utf8.count <= Self.textMax, let data = Base64URL.decode(text),
            let wire = try? JSONDecoder().decode(Wire.self, from: data), wire.v == Self.version
        else { throw Self.invalid("The cursor is not one of this list's.") }
        guard wire.s == Self.words(sort) else { throw Self.invalid("Cursor sort does not match the requested sort.") }
        let values = wire.k.map { cell -> SortValue in
            switch cell {
            case .null: .null
            case .integer(let value): .integer(value)
            case .text(let value): .text(value)
            }
        }
        guard values.count == sort.count, zip(sort, values).allSatisfy({ $0.id.allows($1) }) else {
            throw Self.invalid("The cursor is not one of this list's.")
        }
        self.init(sort: sort, values: values, id: DocumentID(rawValue: wire.id))
    }

    private static func words(_ sort: [SortKey]) -> [String] { sort.map { ($0.isDescending ? "-" : "") + $0.id.rawValue } }
    private static func invalid(_ message: String) -> ColophonError { ColophonError(.invalid, message, field: "cursor") }
}
