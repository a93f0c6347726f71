/// The corner of the page that coordinates are measured from.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct CoordinateOrigin: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let topLeft = Self(rawValue: "TOPLEFT")
    public static let bottomLeft = Self(rawValue: "BOTTOMLEFT")
}
