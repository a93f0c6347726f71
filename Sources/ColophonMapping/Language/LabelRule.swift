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
