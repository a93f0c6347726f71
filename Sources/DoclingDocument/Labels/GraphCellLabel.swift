/// The part that a cell has in a graph of keys and values.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct GraphCellLabel: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let checkbox = Self(rawValue: "checkbox")
    public static let key = Self(rawValue: "key")
    public static let unspecified = Self(rawValue: "unspecified")
    public static let value = Self(rawValue: "value")
}
