/// What an item of a document is.
///
/// Open rather than an enum: values that this library does not know survive reading and writing.
public struct DocItemLabel: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let caption = Self(rawValue: "caption")
    public static let chart = Self(rawValue: "chart")
    public static let checkboxSelected = Self(rawValue: "checkbox_selected")
    public static let checkboxUnselected = Self(rawValue: "checkbox_unselected")
    public static let code = Self(rawValue: "code")
    public static let documentIndex = Self(rawValue: "document_index")
    public static let emptyValue = Self(rawValue: "empty_value")
    public static let fieldHeading = Self(rawValue: "field_heading")
    public static let fieldHint = Self(rawValue: "field_hint")
    public static let fieldItem = Self(rawValue: "field_item")
    public static let fieldKey = Self(rawValue: "field_key")
    public static let fieldRegion = Self(rawValue: "field_region")
    public static let fieldValue = Self(rawValue: "field_value")
    public static let footnote = Self(rawValue: "footnote")
    public static let form = Self(rawValue: "form")
    public static let formula = Self(rawValue: "formula")
    public static let gradingScale = Self(rawValue: "grading_scale")
    public static let handwrittenText = Self(rawValue: "handwritten_text")
    public static let keyValueRegion = Self(rawValue: "key_value_region")
    public static let listItem = Self(rawValue: "list_item")
    public static let marker = Self(rawValue: "marker")
    public static let pageFooter = Self(rawValue: "page_footer")
    public static let pageHeader = Self(rawValue: "page_header")
    public static let paragraph = Self(rawValue: "paragraph")
    public static let picture = Self(rawValue: "picture")
    public static let reference = Self(rawValue: "reference")
    public static let sectionHeader = Self(rawValue: "section_header")
    public static let table = Self(rawValue: "table")
    public static let text = Self(rawValue: "text")
    public static let title = Self(rawValue: "title")
}
