/// Proposes where tables without a grid may be: between horizontal rules, and where rows of several chunks follow each other.
struct TableRegions {
    let words: [Word]
    let lines: [TextLine]
    let rulings: [Ruling]

    private static let maxAttempts = 400

    struct Region {
        var rows: [TableRow]
        /// The heights of the rulings across it.
        var rules: [Float]
        var isRuled: Bool
    }

    func regions(of free: [Int32]) -> [Region] {
        var taken = Set<Int32>()
        var result: [Region] = []
        for region in ruledRegions(free) {
            result.append(region)
            for row in region.rows { for chunk in row.chunks { taken.formUnion(chunk.words) } }
        }
        let rest = taken.isEmpty ? free : free.filter { !taken.contains($0) }
        for zone in zones(of: rest) { result += alignedRegions(zone) }
        return result
    }

    // MARK: Between rules

    /// Rules of one width, one below the other, with rows of several chunks between them: the "booktabs" look.
    private func ruledRegions(_ free: [Int32]) -> [Region] {
        let rules = RulingGrid.merged(rulings.filter { $0.isHorizontal && $0.length > 40 }).sorted { $0.position > $1.position }
        var used = [Bool](repeating: false, count: rules.count)
        var result: [Region] = []
        var attempts = 0
        for index in rules.indices where !used[index] {
            var group = [index]
            var bottom = rules[index].position
            for next in rules.indices.dropFirst(index + 1) where !used[next] {
                guard bottom - rules[next].position < 320 else { break }
                guard abs(rules[next].start - rules[index].start) < 6, abs(rules[next].end - rules[index].end) < 6 else { continue }
                group.append(next)
                bottom = rules[next].position
            }
            guard group.count >= 2, attempts < Self.maxAttempts else { continue }
            attempts += 1
            guard let region = region(between: group.map { rules[$0] }, all: rules, free) else { continue }
            for member in group { used[member] = true }
            result.append(region)
        }
        return result
    }

    private func region(between group: [Ruling], all: [Ruling], _ free: [Int32]) -> Region? {
        guard let top = group.first, let bottom = group.last, top.position - bottom.position > 12 else { return nil }
        let box = Box(x0: top.start - 3, y0: bottom.position - 1, x1: top.end + 3, y1: top.position + 1)
        let inside = free.filter { box.containsCentre(of: words[Int($0)].box) }
        let rows = TableRow.rows(of: inside, words: words)
        let multi = rows.count { $0.chunks.count > 1 }
        guard rows.count >= 2, multi * 2 >= rows.count else { return nil }
        let rules = all.filter { $0.position <= top.position + 1 && $0.position >= bottom.position - 1 && $0.length > 0.5 * box.width }
        return Region(rows: rows, rules: rules.map(\.position), isRuled: true)
    }

    // MARK: By alignment alone

    /// The words of the page, parted at a gutter between columns of prose.
    private func zones(of free: [Int32]) -> [[Int32]] {
        guard let gutter = gutter() else { return [free] }
        var left: [Int32] = []
        var right: [Int32] = []
        var across: [Int32] = []
        for index in free {
            let box = words[Int(index)].box
            if box.x1 <= gutter { left.append(index) } else if box.x0 >= gutter { right.append(index) } else { across.append(index) }
        }
        return [left, right, across].filter { $0.count >= 6 }
    }

    /// Where lines of prose on both sides keep a strip free; `nil` on a page of one column.
    private func gutter() -> Float? {
        let prose = lines.filter { $0.words.count >= 5 }
        guard prose.count >= 10 else { return nil }
        var starts: [Int: Int] = [:]
        for line in prose { starts[Int((line.box.x0 / 4).rounded()), default: 0] += 1 }
        let candidates = starts.filter { $0.value >= 5 }.keys.sorted()
        for key in candidates {
            let x = Float(key) * 4 - 4
            var left = 0
            var right = 0
            var crossing = 0
            for line in prose {
                if line.box.x1 <= x + 2 { left += 1 } else if line.box.x0 >= x - 2 { right += 1 } else { crossing += 1 }
            }
            if left >= 5, right >= 5, crossing * 6 <= left + right { return x }
        }
        return nil
    }

    private func alignedRegions(_ indices: [Int32]) -> [Region] {
        let rows = TableRow.rows(of: indices, words: words)
        var result: [Region] = []
        var start: Int?
        var lastMulti = 0
        func close() {
            if let first = start, lastMulti > first {
                result.append(Region(rows: Array(rows[first...lastMulti]), rules: [], isRuled: false))
            }
            start = nil
        }
        for index in rows.indices {
            let row = rows[index]
            if let first = start {
                let previous = rows[index - 1]
                let gap = previous.baseline - row.baseline
                if gap > 3.2 * max(row.size, previous.size) || (row.chunks.count == 1 && index - lastMulti > 2)
                    || (row.chunks.count == 1 && isProse(row, within: rows[first...lastMulti]))
                {
                    close()
                }
            }
            if row.chunks.count > 1 {
                if start == nil { start = index }
                lastMulti = index
            }
        }
        close()
        return result
    }

    /// A long line as wide as the table is running text.
    private func isProse(_ row: TableRow, within rows: ArraySlice<TableRow>) -> Bool {
        guard let chunk = row.chunks.first, chunk.words.count >= 8 else { return false }
        var box = Box.empty
        for row in rows { box.formUnion(row.box) }
        return chunk.box.width > 0.7 * box.width
    }
}
