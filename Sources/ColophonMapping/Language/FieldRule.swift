/// What kind of value is looked for.
enum ValueType: String, CaseIterable, Sendable {
    /// Words up to a gap.
    case text
    /// One word with a digit in it.
    case identifier
    case number, date
}

/// How a field is found.
struct FieldRule: Sendable {
    var name: String
    /// For people.
    var title: String
    var type: ValueType
    /// The first that gives a value counts.
    var finds: [Finding]
    var isRequired: Bool
    /// What all of the value must match.
    var pattern: Pattern?

    /// Whether an electronic invoice is where it comes from, if there is one.
    var hasEmbedded: Bool { finds.contains { if case .embedded = $0 { true } else { false } } }
}

/// One way to find a value.
enum Finding: Sendable {
    /// Beside or below a label.
    case label(LabelRule)
    /// Lines below a label, such as an address; from 1.
    case block(labels: [Label], lines: ClosedRange<Int>)
    /// Where a row of text matches: its first group, or all of the match.
    case pattern(Pattern, isLast: Bool)
    /// The n-th row of the first page, from 1: its first words up to a gap.
    case line(Int)
    /// An element of the electronic invoice that the document carries.
    case embedded(ElementPath)
    case setting(String)
    case literal(String)
}
