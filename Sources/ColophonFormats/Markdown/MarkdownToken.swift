/// A piece of a line of text after its marks were matched.
struct MarkdownToken {
    var kind: Kind
    /// Of texts, code and HTML.
    var text: [UInt8] = []

    enum Kind {
        case text
        case code
        case space
        case lineBreak
        case html
        /// A run of `*`, `_` or `~`, by its index among all runs.
        case marks(Int)
        case linkStart(MarkdownLinkTarget)
        case linkEnd
        case imageStart(MarkdownLinkTarget)
        case imageEnd
    }
}

/// A run of `*`, `_` or `~` and what it turned out to mean.
struct MarkdownMarks {
    let sign: UInt8
    /// How many signs the run has.
    let count: Int
    /// How many of them are text.
    var left: Int
    let canOpen: Bool
    let canClose: Bool
    /// The runs around it that may still match, by index; -1 for none.
    var previous: Int
    var next = -1
    /// What the run ends and starts, in the order it was matched.
    var closes: [InlineStyle.Marks] = []
    var opens: [InlineStyle.Marks] = []
}
