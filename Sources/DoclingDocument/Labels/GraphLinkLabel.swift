/// What a link in a graph of keys and values says.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct GraphLinkLabel: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let toChild = Self(rawValue: "to_child")
    public static let toKey = Self(rawValue: "to_key")
    public static let toParent = Self(rawValue: "to_parent")
    public static let toValue = Self(rawValue: "to_value")
    public static let unspecified = Self(rawValue: "unspecified")
}
