/// Which layer of the document an item belongs to: the body is what readers read, furniture is what repeats on pages.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct ContentLayer: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let background = Self(rawValue: "background")
    public static let body = Self(rawValue: "body")
    public static let furniture = Self(rawValue: "furniture")
    public static let invisible = Self(rawValue: "invisible")
    public static let notes = Self(rawValue: "notes")
}
