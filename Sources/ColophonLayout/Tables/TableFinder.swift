/// Finds the tables of a page: grids of rulings first, then rows between horizontal rules, then rows that only align.
struct TableFinder {
    let content: PageContent
    let words: [Word]
    let lines: [TextLine]
    let composer: TextComposer
    /// Drawings, such as charts, in which nothing but a filled grid is a table.
    let figures: [Box]
    private static let maxTables = 200
    private static let maxGrids = 400

    func tables() -> [LayoutTable] {
        var tables = content.structure.map { TaggedTableBuilder(structure: $0, words: words, composer: composer).tables() } ?? []
        ruledTables(into: &tables)
        alignedTables(into: &tables)
        return tables.map { ($0.isStructured ? $0 : $0.inReadingDirection()).withHead() }.sorted { $0.order < $1.order }
    }

    private func indices(in box: Box) -> [Int32] {
        words.indices.filter { box.containsCentre(of: words[$0].box) }.map { Int32(clamping: $0) }
    }

    private func ruledTables(into tables: inout [LayoutTable]) {
        addTables(RulingGrid.grids(from: content.rulings), to: &tables)
        let edges = Self.edges(of: content.fills, page: content.bounds)
        if !edges.isEmpty { addTables(RulingGrid.grids(from: content.rulings + edges), to: &tables) }
    }

    private func addTables(_ grids: [RulingGrid], to tables: inout [LayoutTable]) {
        let builder = RuledTableBuilder(words: words, composer: composer)
        for grid in grids.sorted(by: { $0.box.area > $1.box.area }).prefix(Self.maxGrids) where tables.count < Self.maxTables {
            guard grid.box.width > 30, grid.box.height > 8,
                !tables.contains(where: { $0.box.intersection(grid.box).area > 0.2 * min($0.box.area, grid.box.area) })
            else { continue }
            let inside = indices(in: grid.box)
            guard inside.count >= 2 else { continue }
            if let table = builder.table(in: grid, words: inside, minFilled: minFilled(grid)), table.columns > 1, isPlausible(table) {
                tables.append(table)
            }
        }
    }

    /// A grid behind a drawing is a chart's unless most of its cells are filled.
    private func minFilled(_ grid: RulingGrid) -> Int {
        figures.contains { $0.intersection(grid.box).area > 0.5 * grid.box.area } ? 60 : 25
    }

    /// A page's frame with paragraphs in it is no table.
    private func isPlausible(_ table: LayoutTable) -> Bool {
        let longest = table.cells.map(\.text.utf8.count).max() ?? 0
        let all = table.cells.reduce(0) { $0 + $1.text.utf8.count }
        return all > 0 && !(longest * 10 > all * 9 && longest > 300)
    }

    /// The edges of filled areas that lie side by side: shaded cells make a grid too.
    private static func edges(of fills: [Box], page: Box) -> [Ruling] {
        guard fills.count >= 2 else { return [] }
        var result: [Ruling] = []
        for fill in fills.prefix(3_000) where fill.height >= 6 && fill.width >= 6 && fill.area < 0.6 * page.area {
            result.append(Ruling(isHorizontal: true, position: fill.y0, start: fill.x0, end: fill.x1))
            result.append(Ruling(isHorizontal: true, position: fill.y1, start: fill.x0, end: fill.x1))
            result.append(Ruling(isHorizontal: false, position: fill.x0, start: fill.y0, end: fill.y1))
            result.append(Ruling(isHorizontal: false, position: fill.x1, start: fill.y0, end: fill.y1))
        }
        return result
    }

    private func alignedTables(into tables: inout [LayoutTable]) {
        let free = words.indices.filter { index in
            !tables.contains { $0.box.containsCentre(of: words[index].box) }
                && !figures.contains { $0.containsCentre(of: words[index].box) }
        }.map { Int32(clamping: $0) }
        guard free.count >= 6 else { return }
        let regions = TableRegions(words: words, lines: lines, rulings: content.rulings)
        let builder = AlignedTableBuilder(words: words, composer: composer)
        for region in regions.regions(of: free) where tables.count < Self.maxTables {
            guard !isCode(region),
                let table = builder.table(rows: region.rows, rules: region.rules, evidence: region.isRuled ? .ruled : .alignment)
            else { continue }
            tables.append(table)
        }
    }

    /// A listing aligns too: monospaced text on a page of proportional text is no table unless it is ruled.
    private func isCode(_ region: TableRegions.Region) -> Bool {
        guard !isPageMonospaced else { return false }
        var all = 0
        var monospaced = 0
        for row in region.rows {
            for chunk in row.chunks {
                all += chunk.words.count
                monospaced += chunk.words.count { words[Int($0)].style.contains(.monospaced) }
            }
        }
        return monospaced * 10 >= all * 6
    }

    private var isPageMonospaced: Bool {
        words.count { $0.style.contains(.monospaced) } * 10 >= words.count * 8
    }

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
