/// A line of the source and how far it was read. Tabs reach to the next column that 4 divides.
struct MarkdownLine {
    let bytes: [UInt8]
    private(set) var position: Int
    /// Behind the last character; the line feed is not part of the line.
    let end: Int
    /// Of the position, from 0; within a tab when only some of its columns were taken.
    private(set) var column = 0
    /// The first character that is neither space nor tab, and its column.
    private(set) var textPosition: Int
    private var textColumn = 0

    init(_ bytes: [UInt8], from start: Int, to end: Int) {
        self.bytes = bytes
        self.end = end
        position = start
        textPosition = start
        findText()
    }

    /// How many columns of white space stand before the text.
    var indent: Int { textColumn - column }

    var isBlank: Bool { textPosition == end }

    /// The first character of the text; `nil` on a blank line.
    var first: UInt8? { isBlank ? nil : bytes[textPosition] }

    /// The text without the white space before it.
    var text: ArraySlice<UInt8> { bytes[textPosition..<end] }

    /// All that is left, what remains of a tab as spaces.
    var rest: [UInt8] {
        guard position < end, bytes[position] == 0x09, column % 4 != 0 else { return Array(bytes[position..<end]) }
        return Array(repeating: 0x20, count: 4 - column % 4) + bytes[(position + 1)..<end]
    }

    mutating func skipIndent() {
        position = textPosition
        column = textColumn
    }

    /// Passes characters of the text, which are no tabs.
    mutating func skip(_ count: Int) {
        skipIndent()
        position += count
        column += count
        textPosition = position
        textColumn = column
        findText()
    }

    /// Passes columns of white space, at most as many as there are.
    mutating func skipColumns(_ count: Int) {
        var left = min(count, indent)
        while left > 0, position < end {
            let width = bytes[position] == 0x09 ? 4 - column % 4 : 1
            guard width <= left else {
                column += left
                return
            }
            column += width
            left -= width
            position += 1
        }
    }

    private mutating func findText() {
        while textPosition < end, bytes[textPosition].isSpaceOrTab {
            textColumn += bytes[textPosition] == 0x09 ? 4 - textColumn % 4 : 1
            textPosition += 1
        }
    }
}
