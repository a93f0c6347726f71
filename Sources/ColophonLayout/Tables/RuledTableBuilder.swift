/// Makes a table out of a grid of rulings: cells are what lines enclose, a missing piece of line joins cells into a span.
struct RuledTableBuilder {
    let words: [Word]
    let composer: TextComposer
    private static let maxCells = 20_000
    private static let maxBands = 400

    /// - Parameters:
    ///   - indices: The words within the grid.
    ///   - minFilled: How many of a hundred cells must hold text.
    /// - Returns: `nil` when the grid is a frame, a drawing or otherwise no table.
    func table(in grid: RulingGrid, words indices: [Int32], minFilled: Int) -> LayoutTable? {
        let xs = grid.columnEdges
        var ys = grid.rowEdges
        guard xs.count >= 3, ys.count >= 2, (xs.count - 1) * (ys.count - 1) <= Self.maxCells else { return nil }
        ys = withTextRows(ys, xs: xs, indices)
        guard ys.count >= 3 || xs.count >= 3 && ys.count >= 2 else { return nil }
        let columns = xs.count - 1
        let rows = ys.count - 1
        guard rows * columns >= 2, rows * columns <= Self.maxCells else { return nil }

        let parted = textParts(in: grid, xs: xs, ys: ys, indices)
        var sets = DisjointSets(count: rows * columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let cell = row * columns + column
                if column + 1 < columns, !parted[row].parts(at: column),
                    !RulingGrid.covers(grid.verticals, position: xs[column + 1], from: ys[row + 1], to: ys[row])
                {
                    sets.join(cell, cell + 1)
                }
                if row + 1 < rows, isTextEdge(ys[row + 1], grid) == false,
                    !RulingGrid.covers(grid.horizontals, position: ys[row + 1], from: xs[column], to: xs[column + 1])
                {
                    sets.join(cell, cell + columns)
                }
            }
        }
        var assembly = CellAssembly(rows: rows, columns: columns)
        for cell in 0..<(rows * columns) { assembly.include(cell, in: sets.root(of: cell)) }
        for index in indices {
            let box = words[Int(index)].box
            guard let column = interval(of: box.midX, in: xs), let row = interval(of: -box.midY, in: ys.map { -$0 }) else { continue }
            assembly.add(index, to: sets.root(of: row * columns + column))
        }
        // What stands beside the cells is no part of the table, however far a line reaches: it would be lost.
        let box = Box(x0: xs[0], y0: ys[rows], x1: xs[columns], y1: ys[0])
        return assembly.table(
            words: words, composer: composer, xs: xs, ys: ys, box: box, order: indices.min().map(Int.init) ?? 0,
            minFilled: minFilled)
    }

    /// What the text of a row says about the columns' edges, where no line does.
    private struct TextParts {
        /// Two columns that no line parts hold text of their own: the row keeps to the columns without lines between them.
        var keepsColumns = false
        /// The edges that a chunk of text runs across, by the column at their left.
        var crossed: Set<Int> = []

        func parts(at column: Int) -> Bool { keepsColumns && !crossed.contains(column) }
    }

    private func textParts(in grid: RulingGrid, xs: [Float], ys: [Float], _ indices: [Int32]) -> [TextParts] {
        let rows = ys.count - 1
        var byRow = [[Int32]](repeating: [], count: rows)
        let heights = ys.map { -$0 }
        for index in indices {
            if let row = interval(of: -words[Int(index)].box.midY, in: heights) { byRow[row].append(index) }
        }
        return byRow.enumerated().map { number, indices in
            var result = TextParts()
            // What a line parts would stand apart in a span too.
            lazy var lines = xs.indices.dropFirst().dropLast().map {
                RulingGrid.covers(grid.verticals, position: xs[$0], from: ys[number + 1], to: ys[number])
            }
            for row in TableRow.rows(of: indices, words: words) {
                var previous: Int?
                for chunk in row.chunks {
                    guard let first = interval(of: chunk.box.x0 + 1, in: xs), let last = interval(of: chunk.box.x1 - 1, in: xs) else {
                        continue
                    }
                    if first < last { result.crossed.formUnion(first..<last) }
                    if !result.keepsColumns, let previous, previous < first, first == last, !lines[previous..<first].contains(true) {
                        result.keepsColumns = true
                    }
                    previous = last
                }
            }
            return result
        }
    }

    private func isTextEdge(_ y: Float, _ grid: RulingGrid) -> Bool {
        !grid.horizontals.contains { abs($0.position - y) <= RulingGrid.touch }
    }

    /// Adds edges between lines of text where a band between two rulings holds several rows, as when only a table's head is ruled below.
    private func withTextRows(_ ys: [Float], xs: [Float], _ indices: [Int32]) -> [Float] {
        guard xs.count >= 3, ys.count <= Self.maxBands else { return ys }
        var result: [Float] = []
        for (top, bottom) in zip(ys, ys.dropFirst()) {
            result.append(top)
            let inside = indices.filter { words[Int($0)].box.midY < top && words[Int($0)].box.midY > bottom }
            let rows = TableRow.rows(of: inside, words: words)
            guard rows.count >= 3 else { continue }
            let filled = rows.map { row in Set(row.chunks.compactMap { interval(of: $0.box.midX, in: xs) }).count }
            // Most lines fill most columns, or half of them do with short entries: each is a row. Cells with paragraphs in them fail this.
            let full = filled.count { $0 * 10 >= (xs.count - 1) * 6 && $0 >= 2 }
            let chunks = rows.flatMap { $0.chunks.dropFirst() }
            let short = chunks.count { $0.words.count <= 2 }
            // A head that wraps looks alike, but has no numbers and often nothing in the first column.
            let numeric = chunks.count { composer.isNumeric($0.words) }
            let named = rows.count { row in row.chunks.first.map { interval(of: $0.box.midX, in: xs) == 0 } ?? false }
            guard named * 10 >= rows.count * 6, numeric * 4 >= chunks.count || ys.count <= 3 else { continue }
            guard full * 10 >= rows.count * 8 || full * 2 >= rows.count && short * 10 >= chunks.count * 9 else { continue }
            for (upper, lower) in zip(rows, rows.dropFirst()) { result.append((upper.box.y0 + lower.box.y1) / 2) }
        }
        if let last = ys.last { result.append(last) }
        return result
    }

    private func interval(of value: Float, in edges: [Float]) -> Int? {
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low > 0 && low < edges.count ? low - 1 : nil
    }
}
