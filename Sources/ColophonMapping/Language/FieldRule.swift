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

/// Where a value stands by its label.
struct LabelRule: Sendable {
    enum Side: String, CaseIterable, Sendable {
        /// Behind it in its row.
        case right
        /// Under it.
        case below
        /// Behind it, or else under it.
        case beside
    }

    var labels: [Label]
    var side: Side
    /// The last place where such a label stands, rather than the first.
    var isLast: Bool
    /// What the value must match; its first group, or all of the match, is the value.
    var pattern: Pattern?
}

struct Label: Hashable, Sendable {
    var text: String
    var key: TextKey

    init?(_ text: String) {
        key = TextKey(text)
        self.text = text
        if key.isEmpty { return nil }
    }
}

/// How the lines of a list are found: the rows of a table whose head names its columns.
struct ListRule: Sendable {
    struct Column: Sendable {
        var name: String
        var title: String
        var type: ValueType
        var heads: [Label]
        var isRequired: Bool
        var pattern: Pattern?
        /// Where it is within a line of the electronic invoice.
        var embedded: [ElementPath]
        /// The column that takes what follows a number, such as its unit.
        var rest: String?
    }

    var name: String
    var title: String
    var columns: [Column]
    /// A row that has all of these that the table has begins a line; others go on with the one before.
    var anchors: [String]
    /// Labels of the row behind the last line.
    var ends: [Label]
    /// Labels of rows that are no lines.
    var skips: [Label]
    /// The lines of the electronic invoice.
    var embedded: [ElementPath]
    var isRequired: Bool

    func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}

/// A way down an XML document by local names, from below its root: `Order/Line|Row/ID`; `@name` at its end is an attribute, `*` any element.
struct ElementPath: Hashable, Sendable {
    var steps: [[String]]
    var attribute: String?

    init?(_ text: String) {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 16 else { return nil }
        if let last = parts.last, last.hasPrefix("@") {
            attribute = String(last.dropFirst())
            parts.removeLast()
        }
        steps = parts.map { $0.split(separator: "|").map(String.init) }
        let isName = { (name: String) in name == "*" || name.unicodeScalars.allSatisfy { ScalarSet.isWord($0) || $0 == "-" } }
        guard !steps.contains(where: \.isEmpty), steps.joined().allSatisfy(isName), attribute != "" else { return nil }
    }
}
