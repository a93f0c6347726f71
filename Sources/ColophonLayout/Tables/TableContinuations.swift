/// Finds tables that go on at the top of the next page.
///
/// A table is joined to the one before where it stands first on its page and the other last on its own, their columns lie at the same
/// places, and no head, caption or text between them says that it is another. What is joined in error is harder to take apart again than
/// two halves are to put together, so all of it must hold.
struct TableContinuations {
    /// Indices of a page and of its table.
    struct Place: Hashable {
        var page: Int
        var table: Int
    }

    /// The tables that each first one goes on in.
    private(set) var following: [Place: [Place]] = [:]
    /// All that another one goes on in.
    private(set) var joined: Set<Place> = []

    /// How far edges of one column may lie apart, in points.
    private static let edgeTolerance: Float = 3
    /// Cells of a joined table: the documents' format has a bound, and a table of so many is not read by people.
    private static let cellsMax = 100_000

    private let pages: [PageLayout]

    /// - Parameter captions: For each page its bound captions, by the place of their table among the blocks.
    init(pages: [PageLayout], blocks: [[Block]], captions: [[Int: Int]]) {
        self.pages = pages
        var open: (first: Place, last: Place, cells: Int)?
        for page in pages.indices {
            let content = blocks[page].indices.filter { blocks[page][$0].isContent(of: pages[page]) }
            if content.isEmpty { open = nil }
            guard let first = content.first, let last = content.last else { continue }
            if case .table(let index) = blocks[page][first].kind, captions[page][first] == nil, let before = open {
                let place = Place(page: page, table: index)
                let cells = before.cells + pages[page].tables[index].cells.count
                if before.last.page == page - 1, cells <= Self.cellsMax, isContinuation(place, of: before.last, from: before.first) {
                    following[before.first, default: []].append(place)
                    joined.insert(place)
                    // It may fill its page and go on.
                    open = first == last ? (before.first, place, cells) : nil
                    if first == last { continue }
                }
            }
            open = nil
            if case .table(let index) = blocks[page][last].kind {
                let place = Place(page: page, table: index)
                open = (place, place, pages[page].tables[index].cells.count)
            }
        }
    }

    private func table(_ place: Place) -> LayoutTable { pages[place.page].tables[place.table] }

    private func isContinuation(_ place: Place, of before: Place, from first: Place) -> Bool {
        let (page, other) = (pages[place.page], pages[before.page])
        let (table, above) = (table(place), table(before))
        guard page.width == other.width, page.height == other.height, page.turns == other.turns, page.number == other.number + 1,
            table.columns > 1, table.columns == above.columns, table.isIndex == above.isIndex,
            // What ends half a page above its page's end had room to go on there.
            above.box.y0 < other.height / 2, table.box.y1 > page.height / 2
        else { return false }
        let head = table.headRows
        guard head == 0 || table.texts(ofRows: head) == self.table(first).texts(ofRows: head) else { return false }
        return table.hasColumns(of: above, tolerance: Self.edgeTolerance)
    }
}

extension LayoutTable {
    /// How many of the first rows hold nothing but heads of columns.
    fileprivate var headRows: Int {
        var isHead = [Bool](repeating: true, count: rows)
        var isFilled = [Bool](repeating: false, count: rows)
        for cell in cells where cell.row < rows {
            isFilled[cell.row] = true
            if !cell.isHeader { isHead[cell.row] = false }
        }
        return zip(isHead, isFilled).prefix { $0 && $1 }.count
    }

    fileprivate func texts(ofRows count: Int) -> [[String]] {
        var texts: [[String]] = Array(repeating: [], count: count)
        for cell in cells.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) where cell.row < count {
            texts[cell.row].append(cell.text)
        }
        return texts
    }

    /// How many of the first rows say again what those of `first` say.
    func rowsRepeating(_ first: LayoutTable) -> Int {
        let head = headRows
        if head > 0 { return head }
        // Without a head, rows of a list may be equal: only names are repeated for the reader's sake.
        let row = texts(ofRows: 1)
        guard rows > 1, row == first.texts(ofRows: 1), let texts = row.first else { return 0 }
        return first.headRows > 0 || texts.count { !$0.isEmpty } > 1 && !texts.contains(where: Self.isNumber) ? 1 : 0
    }

    /// Whether each column begins, ends or has its middle where the other's does; at least two that can be compared.
    fileprivate func hasColumns(of other: LayoutTable, tolerance: Float) -> Bool {
        var compared = 0
        for (mine, others) in zip(columnExtents, other.columnExtents) {
            guard let mine, let others else { continue }
            let isSame = [(mine.x0, others.x0), (mine.x1, others.x1), (mine.midX, others.midX)].contains { abs($0 - $1) <= tolerance }
            guard isSame else { return false }
            compared += 1
        }
        return compared > 1
    }

    /// Where the cells of each column lie; nil where it has none of its own.
    private var columnExtents: [Box?] {
        var extents: [Box?] = Array(repeating: nil, count: columns)
        for cell in cells where cell.columnSpan == 1 && !cell.text.isEmpty && extents.indices.contains(cell.column) {
            extents[cell.column] = extents[cell.column]?.union(cell.box) ?? cell.box
        }
        return extents
    }
}

extension Block {
    /// Whether it is a part of what is read through, which pages break.
    fileprivate func isContent(of page: PageLayout) -> Bool {
        switch kind {
        case .furniture, .footnote: false
        case .picture(let index): !page.pictures[index].isBackground
        default: true
        }
    }
}
