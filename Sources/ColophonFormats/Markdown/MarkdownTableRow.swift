/// A row of a table in the form of GitHub: cells between bars, those at the ends optional.
enum MarkdownTableRow {
    /// How many cells a delimiter row such as `|---|:-:|` has; `nil` when the line is none.
    static func delimiterCount(_ line: ArraySlice<UInt8>) -> Int? {
        let isMade = line.allSatisfy { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0.isSpaceOrTab }
        guard isMade, line.contains(UInt8(ascii: "-")) else { return nil }
        // A dash alone is the line below a heading or the start of a list.
        guard line.contains(UInt8(ascii: "|")) || line.contains(UInt8(ascii: ":")) else { return nil }
        let cells = cells(line)
        return cells.allSatisfy(isDelimiter) ? cells.count : nil
    }

    private static func isDelimiter(_ cell: [UInt8]) -> Bool {
        var rest = cell[...]
        if rest.first == UInt8(ascii: ":") { rest.removeFirst() }
        if rest.last == UInt8(ascii: ":") { rest.removeLast() }
        return !rest.isEmpty && rest.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// The cells of a row without the white space around them; `\|` is a bar of the text, also within code.
    static func cells(_ line: ArraySlice<UInt8>) -> [[UInt8]] {
        var rest = line.trimmed
        if rest.first == UInt8(ascii: "|") { rest.removeFirst() }
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        var isOpen = !rest.isEmpty
        while let byte = rest.popFirst() {
            isOpen = true
            if byte == UInt8(ascii: "\\"), let next = rest.first {
                if next != UInt8(ascii: "|") { cell.append(byte) }
                cell.append(next)
                rest.removeFirst()
            } else if byte == UInt8(ascii: "|") {
                cells.append(Array(cell.trimmed))
                cell = []
                isOpen = false
            } else {
                cell.append(byte)
            }
        }
        if isOpen { cells.append(Array(cell.trimmed)) }
        return cells
    }
}
