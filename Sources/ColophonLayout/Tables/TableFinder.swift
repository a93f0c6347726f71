/// Finds the tables of a page.
struct TableFinder {
    let content: PageContent
    let words: [Word]
    let lines: [TextLine]
    let composer: TextComposer

    func tables() -> [LayoutTable] { [] }

    /// The lines without the words that tables took.
    static func remaining(_ lines: [TextLine], outside tables: [LayoutTable], _ words: [Word]) -> [TextLine] {
        guard !tables.isEmpty else { return lines }
        var result: [TextLine] = []
        result.reserveCapacity(lines.count)
        for line in lines {
            let free = line.words.filter { index in !tables.contains { $0.box.containsCentre(of: words[Int(index)].box) } }
            if free.count == line.words.count {
                result.append(line)
            } else if !free.isEmpty {
                result.append(LineBuilder.line(free, words))
            }
        }
        return result
    }
}
