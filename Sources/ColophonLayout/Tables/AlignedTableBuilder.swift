/// Makes a table out of words that stand in columns, with no or few lines around them.
///
/// Columns are parted by strips of white that run through all rows; the way is that of "stream" extraction
/// (Nurminen 2013; Oro and Ruffolo, "PDF-TREX", 2009).
struct AlignedTableBuilder {
    let words: [Word]
    let composer: TextComposer

    /// A strip narrower than this many ems parts nothing.
    private static let minStrip: Float = 0.45
    private static let maxColumns = 60

    /// How sure one must be that the region is a table.
    enum Evidence {
        /// Rulings above and below.
        case ruled
        /// Nothing but the alignment.
        case alignment
    }

    /// - Parameters:
    ///   - rows: The rows from the top.
    ///   - rules: The heights of rulings that run across the region.
    func table(rows: [TableRow], rules: [Float], evidence: Evidence) -> LayoutTable? {
        let multi = rows.filter { $0.chunks.count > 1 }
        guard rows.count >= 2, multi.count >= 2 else { return nil }
        let edges = columnEdges(rows: rows, multi: multi)
        guard edges.count >= 3, edges.count - 1 <= Self.maxColumns else { return nil }
        guard isTable(rows: rows, edges: edges, ruleCount: rules.count, evidence: evidence) else { return nil }
        let bands = RowMerger(words: words, composer: composer, edges: edges, rules: rules).bands(of: rows)
        guard bands.count >= 2 else { return nil }
        return assemble(rows: rows, bands: bands, edges: edges)
    }

    /// The middles of the white strips, with the region's sides.
    func columnEdges(rows: [TableRow], multi: [TableRow]) -> [Float] {
        var box = Box.empty
        var size: Float = 0
        for row in rows {
            box.formUnion(row.box)
            size += row.size
        }
        size /= Float(max(rows.count, 1))
        // How many rows cover each place, in steps of one point.
        let width = Int(min(max(box.width.rounded(.up), 1), 20_000)) + 1
        var covered = [Int](repeating: 0, count: width + 1)
        for row in multi {
            for chunk in row.chunks {
                let start = min(max(Int((chunk.box.x0 - box.x0).rounded()), 0), width - 1)
                let end = min(max(Int((chunk.box.x1 - box.x0).rounded()), start + 1), width)
                covered[start] += 1
                covered[end] -= 1
            }
        }
        // A head that spans columns crosses the strips between them; the more rows there are, the more may cross.
        let tolerance = multi.count >= 4 ? max(1, multi.count / 7) : 0
        var edges = [box.x0]
        for place in 1..<width { covered[place] += covered[place - 1] }
        var stripStart: Int?
        for place in 0..<width {
            if covered[place] <= tolerance {
                if stripStart == nil { stripStart = place }
            } else if let start = stripStart {
                if start > 0, Float(place - start) >= max(Self.minStrip * size, 2) {
                    edges.append(box.x0 + Self.emptiestMiddle(of: covered[start..<place]))
                }
                stripStart = nil
            }
        }
        edges.append(box.x1)
        return edges
    }

    /// The middle of the longest part of a strip that the fewest rows cross: a head that reaches into the strip is not cut by it.
    private static func emptiestMiddle(of strip: ArraySlice<Int>) -> Float {
        let least = strip.min() ?? 0
        var best = strip.startIndex..<strip.startIndex
        var start: Int?
        for place in strip.startIndex...strip.endIndex {
            if place < strip.endIndex, strip[place] == least {
                if start == nil { start = place }
            } else if let first = start {
                if place - first > best.count { best = first..<place }
                start = nil
            }
        }
        return Float(best.lowerBound + best.upperBound) / 2
    }

    static func column(of x: Float, in edges: [Float]) -> Int {
        var column = 0
        while column + 2 < edges.count, x >= edges[column + 1] { column += 1 }
        return column
    }

    /// Columns must be filled, cells short, chunks within one column; else this is prose in columns, or chance.
    private func isTable(rows: [TableRow], edges: [Float], ruleCount: Int, evidence: Evidence) -> Bool {
        let columns = edges.count - 1
        var filled = [Int](repeating: 0, count: columns)
        var chunks = 0
        var within = 0
        var longChunks = 0
        var numeric = 0
        var multi = 0
        for row in rows where row.chunks.count > 1 {
            multi += 1
            var seen = Set<Int>()
            for chunk in row.chunks {
                chunks += 1
                let first = Self.column(of: chunk.box.x0 + 1, in: edges)
                let last = Self.column(of: chunk.box.x1 - 1, in: edges)
                if first == last { within += 1 }
                if chunk.words.count > 6 { longChunks += 1 }
                if composer.isNumeric(chunk.words) { numeric += 1 }
                seen.insert(first)
            }
            for column in seen { filled[column] += 1 }
        }
        guard chunks > 0, within * 10 >= chunks * 8 else { return false }
        switch evidence {
        case .ruled:
            // With rules between most rows, cells may hold sentences.
            let allowed = ruleCount * 2 >= rows.count ? 2 : 4
            return multi >= 2 && longChunks * allowed <= chunks && filled.allSatisfy { $0 * 5 >= multi }
        case .alignment:
            guard multi >= 3, longChunks * 8 <= chunks, filled.allSatisfy({ $0 * 10 >= multi * 3 }) else { return false }
            // Two columns of words may be anything; numbers make a table.
            if columns == 2 { return multi >= 4 && numeric * 3 >= chunks && numeric * 5 >= rows.count }
            return numeric * 5 >= chunks || columns >= 4 || multi >= 6
        }
    }

    private func assemble(rows: [TableRow], bands: [Range<Int>], edges: [Float]) -> LayoutTable? {
        let columns = edges.count - 1
        var ys: [Float] = []
        var box = Box.empty
        for row in rows { box.formUnion(row.box) }
        ys.append(box.y1)
        for (upper, lower) in zip(bands, bands.dropFirst()) {
            ys.append((rows[upper.upperBound - 1].box.y0 + rows[lower.lowerBound].box.y1) / 2)
        }
        ys.append(box.y0)

        var sets = DisjointSets(count: bands.count * columns)
        var assembly = CellAssembly(rows: bands.count, columns: columns)
        var homes: [(word: Int32, cell: Int)] = []
        var order = Int32.max
        for (number, band) in bands.enumerated() {
            for row in rows[band] {
                for chunk in row.chunks { place(chunk, band: number, columns: columns, edges: edges, &sets, &homes) }
            }
        }
        for span in HeadSpans(composer: composer, edges: edges, bands: bands.map { rows[$0] }).spans() {
            for column in span.columns.dropLast() { sets.join(span.band * columns + column, span.band * columns + column + 1) }
        }
        for cell in 0..<(bands.count * columns) { assembly.include(cell, in: sets.root(of: cell)) }
        for home in homes {
            assembly.add(home.word, to: sets.root(of: home.cell))
            order = min(order, home.word)
        }
        return assembly.table(words: words, composer: composer, xs: edges, ys: ys, box: box, order: Int(order))
    }

    /// A chunk across a strip spans its columns when the strip runs through one of its words; else its words are parted there.
    private func place(
        _ chunk: TableRow.Chunk, band: Int, columns: Int, edges: [Float], _ sets: inout DisjointSets,
        _ homes: inout [(word: Int32, cell: Int)]
    ) {
        let first = Self.column(of: chunk.box.x0 + 1, in: edges)
        let last = Self.column(of: chunk.box.x1 - 1, in: edges)
        if first < last {
            for column in first..<last { sets.join(band * columns + column, band * columns + column + 1) }
        }
        for word in chunk.words { homes.append((word, band * columns + first)) }
    }
}
