/// Where text stands against its line.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct TextScript: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let baseline = Self(rawValue: "baseline")
    public static let sub = Self(rawValue: "sub")
    public static let `super` = Self(rawValue: "super")
}
