/// Makes a page's blocks in the order in which they are read, each with its kind.
struct PageBlocks {
    let statistics: DocumentStatistics
    let bookmarks: Bookmarks

    /// Of what is not much smaller than the body, nor longer than so many lines, a bookmark makes a heading.
    private static let bookmarkedLinesMax = 3
    private static let bookmarkedSizeMin: Float = 0.92

    /// - Parameter furniture: The lines that are headers and footers, and whether each is a header.
    func blocks(of page: PageLayout, _ furniture: [Int: Bool]) -> [Block] {
        var taken = Set(furniture.keys)
        for (index, line) in page.lines.enumerated() where line.picture != nil { taken.insert(index) }
        var blocks = BlockBuilder(page: page).blocks(without: taken)
        BlockClassifier(page: page, statistics: statistics).classify(&blocks)
        markHeadings(&blocks, page)
        for (index, table) in page.tables.enumerated() { blocks.append(Block(kind: .table(index), box: table.box, order: table.order)) }
        for (index, picture) in page.pictures.enumerated() {
            blocks.append(Block(kind: .picture(index), box: picture.box, order: picture.order))
        }
        let ordered = ReadingOrder.sorted(blocks)
        var result: [Block] = []
        for (line, isHeader) in furniture.sorted(by: { $0.key < $1.key }) where isHeader {
            result.append(Block(kind: .furniture(isHeader: true), lines: [line], box: page.lines[line].box, order: 0))
        }
        result += ordered
        for (line, isHeader) in furniture.sorted(by: { $0.key < $1.key }) where !isHeader {
            result.append(Block(kind: .furniture(isHeader: false), lines: [line], box: page.lines[line].box, order: 0))
        }
        return result
    }

    /// Gives headings the levels of their bookmarks, and finds those that only bookmarks tell.
    private func markHeadings(_ blocks: inout [Block], _ page: PageLayout) {
        for index in blocks.indices {
            switch blocks[index].kind {
            case .heading(nil): break
            case .text, .listItem:
                guard blocks[index].lines.count <= Self.bookmarkedLinesMax,
                    blocks[index].size >= Self.bookmarkedSizeMin * statistics.bodySize
                else { continue }
            default: continue
            }
            let text = BlockText.paragraph(blocks[index].lines.map { page.lines[$0].text })
            if let level = bookmarks.level(of: text, page: page.number) { blocks[index].kind = .heading(level: level) }
        }
    }
}
