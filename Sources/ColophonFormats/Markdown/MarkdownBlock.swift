/// A block of a Markdown document: one that holds blocks, or one that holds text.
struct MarkdownBlock {
    var kind: Kind
    /// By their index among all blocks.
    var children: [Int] = []
    /// The lines of a block that holds text, each but the last with its line feed.
    var text: [UInt8] = []

    enum Kind: Equatable {
        case document
        case quote
        case list(ListMarker)
        /// An item of a list; its blocks are indented by so many columns.
        case item(indent: Int)
        case paragraph
        /// - Parameter level: 1 to 6.
        case heading(level: Int)
        case indentedCode
        case fencedCode(Fence)
        case html(end: HTMLBlockEnd)
        case thematicBreak
        /// The text has the header row and the rows below it, without the delimiter row.
        case table(columnCount: Int)
    }

    /// What the items of a list have in common.
    struct ListMarker: Equatable {
        /// The bullet, or what follows the number.
        var sign: UInt8
        /// The number of the first item; `nil` in lists without numbers.
        var start: Int?

        func continues(_ other: ListMarker) -> Bool { sign == other.sign && (start == nil) == (other.start == nil) }
    }

    struct Fence: Equatable {
        var sign: UInt8
        var length: Int
        var indent: Int
        /// The first word after the fence.
        var language: [UInt8]
    }

    /// Where a block of HTML ends.
    enum HTMLBlockEnd: Equatable {
        case blankLine
        /// With the line that holds one of these, in lower case.
        case line([[UInt8]])
    }

    var isContainer: Bool {
        switch kind {
        case .document, .quote, .list, .item: true
        default: false
        }
    }

    var isList: Bool {
        if case .list = kind { true } else { false }
    }
}
