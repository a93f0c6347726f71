/// An element of the XML that a mapping writes.
struct ElementTemplate: Sendable {
    enum Content: Sendable {
        case text(String)
        /// A value, empty where it is missing.
        case value(Expression, decimals: Int?, dateDigits: Bool)
        case elements([ElementTemplate])
    }

    var name: String
    var attributes: [(name: String, content: Content)]
    var content: Content
    /// The list whose lines give an element each.
    var each: String?
    /// Whether it is left out where its value is missing.
    var isOptional: Bool
}
