/// The head of a table: where each column's name stands.
struct ColumnHeads {
    struct Head {
        /// Nil for a column that nobody asked for.
        var column: ListRule.Column?
        var box: PlacedBox
    }

    var heads: [Head]
    /// The first row behind the head; index into the text's rows.
    var end: Int

    func has(_ column: String) -> Bool { heads.contains { $0.column?.name == column } }

    /// The head of a list's table on one page.
    ///
    /// - Returns: Nil unless some row, or two of them, names two of the columns, all that the list must have and one that begins a line.
    static func find(for list: ListRule, in text: SourceText, rows: Range<Int>) -> ColumnHeads? {
        let names = HeadNames(list)
        var best: ColumnHeads?
        for index in rows {
            for last in [index, index + 1] where rows.contains(last) {
                guard last == index || Self.areOneHead(text.rows[index], text.rows[last]) else { continue }
                let heads = ColumnHeads(names, Array(text.rows[index...last]), end: last + 1)
                guard heads.isUsable(for: list), heads.named > best?.named ?? 0 else { continue }
                best = heads
            }
        }
        return best
    }

    /// Two rows close to each other without values: what has a number or a colon in it is no head.
    private static func areOneHead(_ upper: TextRow, _ lower: TextRow) -> Bool {
        guard lower.box.top - upper.box.bottom < upper.box.height else { return false }
        return !(upper.words + lower.words).contains { $0.text.hasSuffix(":") || $0.text.contains(where: \.isNumber) }
    }

    private var named: Int { heads.count { $0.column != nil } }

    private func isUsable(for list: ListRule) -> Bool {
        named >= 2 && list.columns.allSatisfy { !$0.isRequired || $0.heads.isEmpty || has($0.name) } && list.anchors.contains(where: has)
    }

    private init(_ names: HeadNames, _ rows: [TextRow], end: Int) {
        self.end = end
        heads = []
        var taken = Set<String>()
        var free = rows.map { Set($0.words.indices) }
        // Names that stand in two rows first: each of their halves could be another column's name.
        if rows.count == 2 {
            for upper in rows[0].runs(maxGap: LabelFinder.gapMax) {
                for lower in rows[1].runs(maxGap: LabelFinder.gapMax) {
                    let (top, bottom) = (rows[0].box(upper), rows[1].box(lower))
                    guard top.overlapX(bottom) > 0.3 * min(top.right - top.left, bottom.right - bottom.left) else { continue }
                    let key = TextKey(rows[0].text(upper) + rows[1].text(lower))
                    guard let column = names[key].first?.column, taken.insert(column.name).inserted else { continue }
                    heads.append(Head(column: column, box: top.union(bottom)))
                    free[0].subtract(upper)
                    free[1].subtract(lower)
                }
            }
        }
        for (index, row) in rows.enumerated() { name(names, row, free: &free[index], &taken) }
        // What else stands there is the name of a column too.
        if let row = rows.first, let free = free.first {
            for run in row.runs(maxGap: LabelFinder.gapMax) where run.allSatisfy(free.contains) {
                heads.append(Head(column: nil, box: row.box(run)))
            }
        }
    }

    /// Gives each name that stands in a row to a column: the first column of the list chooses first, and prefers the first of its own names.
    private mutating func name(_ names: HeadNames, _ row: TextRow, free: inout Set<Int>, _ taken: inout Set<String>) {
        var candidates: [(column: ListRule.Column, place: Int, rank: Int, words: Range<Int>)] = []
        var start = 0
        while start < row.words.count {
            let found = row.longestKey(from: start, names.beginnings, isFree: free.contains) { !names[$0].isEmpty }
            guard let best = found else {
                start += 1
                continue
            }
            for name in names[best.key] { candidates.append((name.column, name.place, name.rank, best.words)) }
            start = best.words.upperBound
        }
        for candidate in candidates.sorted(by: { ($0.place, $0.rank, $0.words.lowerBound) < ($1.place, $1.rank, $1.words.lowerBound) }) {
            guard candidate.words.allSatisfy(free.contains), taken.insert(candidate.column.name).inserted else { continue }
            heads.append(Head(column: candidate.column, box: row.box(candidate.words)))
            free.subtract(candidate.words)
        }
    }
}
