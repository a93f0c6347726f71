/// What holds the children of a group together.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct GroupLabel: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let chapter = Self(rawValue: "chapter")
    public static let commentSection = Self(rawValue: "comment_section")
    public static let formArea = Self(rawValue: "form_area")
    public static let inline = Self(rawValue: "inline")
    public static let keyValueArea = Self(rawValue: "key_value_area")
    public static let list = Self(rawValue: "list")
    public static let orderedList = Self(rawValue: "ordered_list")
    public static let pictureArea = Self(rawValue: "picture_area")
    public static let section = Self(rawValue: "section")
    public static let sheet = Self(rawValue: "sheet")
    public static let slide = Self(rawValue: "slide")
    public static let unspecified = Self(rawValue: "unspecified")
}
