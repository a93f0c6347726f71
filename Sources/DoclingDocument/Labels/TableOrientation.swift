/// How far a table is turned on its page, counter-clockwise.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct TableOrientation: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let degrees0 = Self(rawValue: "rot_0")
    public static let degrees90 = Self(rawValue: "rot_90")
    public static let degrees180 = Self(rawValue: "rot_180")
    public static let degrees270 = Self(rawValue: "rot_270")
}
