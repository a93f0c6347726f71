/// Finds the heads that stand over several columns of a table without lines: such a head is short, and crosses no strip of white.
///
/// It is centred over columns that have names of their own in the row below and nothing beside it.
struct HeadSpans {
    let composer: TextComposer
    let edges: [Float]
    /// The rows of text of each row of the table.
    let bands: [ArraySlice<TableRow>]

    /// Rows of heads over heads.
    private static let levelsMax = 2
    /// How far from the middle of its columns a head may stand, in ems.
    private static let offset: Float = 0.6

    /// The columns that heads of each row span, of the first rows.
    func spans() -> [(band: Int, columns: ClosedRange<Int>)] {
        var spans: [(band: Int, columns: ClosedRange<Int>)] = []
        // At least one row of figures stands below the names of the columns.
        for band in 0..<min(Self.levelsMax, max(bands.count - 2, 0)) {
            guard isNames(band), isNames(band + 1) else { break }
            spans += self.spans(in: band).map { (band, $0) }
        }
        return spans
    }

    /// Words and no figures, in more than one column.
    private func isNames(_ band: Int) -> Bool {
        let chunks = bands[band].flatMap(\.chunks)
        return chunks.count > 1 && !chunks.contains { composer.isNumeric($0.words) }
    }

    private func extents(_ band: Int) -> [Box?] {
        var extents: [Box?] = Array(repeating: nil, count: edges.count - 1)
        for chunk in bands[band].lazy.flatMap(\.chunks) {
            let first = AlignedTableBuilder.column(of: chunk.box.x0 + 1, in: edges)
            let last = AlignedTableBuilder.column(of: chunk.box.x1 - 1, in: edges)
            for column in first...max(first, last) { extents[column] = extents[column]?.union(chunk.box) ?? chunk.box }
        }
        return extents
    }

    private func spans(in band: Int) -> [ClosedRange<Int>] {
        let (heads, names) = (extents(band), extents(band + 1))
        let size = bands[band].first?.size ?? 0
        var found: [(columns: ClosedRange<Int>, offset: Float)] = []
        for (column, head) in heads.enumerated() {
            guard let head, names[column] != nil, !isShared(head, by: heads, beside: column) else { continue }
            let isFree = { (other: Int) in heads.indices.contains(other) && heads[other] == nil && names[other] != nil }
            var (first, last) = (column, column)
            while isFree(first - 1) { first -= 1 }
            while isFree(last + 1) { last += 1 }
            var best: (columns: ClosedRange<Int>, offset: Float)?
            for start in first...column {
                for end in column...last where start < end {
                    let below = names[start...end].compactMap { $0 }.reduce(Box.empty) { $0.union($1) }
                    let offset = abs(below.midX - head.midX)
                    guard offset <= Self.offset * size, offset < (best?.offset ?? .infinity) else { continue }
                    best = (start...end, offset)
                }
            }
            if let best { found.append(best) }
        }
        var taken: [ClosedRange<Int>] = []
        for span in found.sorted(by: { ($0.offset, $0.columns.lowerBound) < ($1.offset, $1.columns.lowerBound) })
        where !taken.contains(where: { $0.overlaps(span.columns) }) { taken.append(span.columns) }
        return taken
    }

    /// Whether it crosses a strip already.
    private func isShared(_ head: Box, by heads: [Box?], beside column: Int) -> Bool {
        [column - 1, column + 1].contains { heads.indices.contains($0) && heads[$0] == head }
    }
}
