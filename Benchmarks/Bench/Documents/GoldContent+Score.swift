import DoclingDocument

extension GoldContent {
    /// Compares another reading of the same source with this one, which is docling's.
    ///
    /// - Returns: A problem when either has more than `itemsMax` items.
    /// - Complexity: O(items²) time, O(items) memory.
    func score(of ours: GoldContent) -> Result<GoldScore, GoldProblem> {
        let count = max(items.count, ours.items.count)
        guard count <= GoldContent.itemsMax else { return .failure(GoldProblem("too many items to compare: \(count)")) }
        var score = GoldScore()
        score.items = items.count
        var left: [Item: Int] = [:]
        for item in ours.items { left[item, default: 0] += 1 }
        for item in items {
            guard let count = left[item], count > 0 else { continue }
            left[item] = count - 1
            score.itemsAlike += 1
        }
        // Whole numbers compare faster than texts.
        var numbers: [Item: Int] = [:]
        for item in items where numbers[item] == nil { numbers[item] = numbers.count }
        score.itemsInOrder = GoldContent.commonLength(items.compactMap { numbers[$0] }, ours.items.compactMap { numbers[$0] })
        compareTables(with: ours, &score)
        return .success(score)
    }

    /// How long the longest sequence is that both have in this order, other elements between.
    private static func commonLength(_ first: [Int], _ second: [Int]) -> Int {
        var above = [Int](repeating: 0, count: second.count + 1)
        var row = above
        for value in first {
            for (index, other) in second.enumerated() {
                row[index + 1] = value == other ? above[index] + 1 : max(above[index + 1], row[index])
            }
            swap(&above, &row)
        }
        return above[second.count]
    }

    /// How many tables ahead the one that answers to docling's is looked for.
    private static let tablesAheadMax = 8

    /// Compares each table with that of the next ones of ours which agrees with it most.
    private func compareTables(with ours: GoldContent, _ score: inout GoldScore) {
        var next = 0
        for cells in tables {
            var best = GoldScore()
            var taken: Int?
            for candidate in next..<min(next + GoldContent.tablesAheadMax, ours.tables.count) {
                let other = GoldContent.compare(cells, ours.tables[candidate])
                guard other.cellsAlike > best.cellsAlike else { continue }
                best = other
                taken = candidate
            }
            best.cells = cells.count
            best.headers = cells.count { $0.isColumnHeader }
            score += best
            if let taken { next = taken + 1 }
        }
    }

    private static func compare(_ cells: [TableCell], _ ours: [TableCell]) -> GoldScore {
        var places: [[Int]: TableCell] = [:]
        for cell in ours { places[place(cell)] = cell }
        var score = GoldScore()
        for cell in cells {
            guard let other = places[place(cell)], line(cell.text) == line(other.text) else { continue }
            score.cellsAlike += 1
            if cell.isColumnHeader && other.isColumnHeader { score.headersAlike += 1 }
        }
        return score
    }

    /// The rows and columns that a cell covers.
    private static func place(_ cell: TableCell) -> [Int] { [cell.startRow, cell.endRow, cell.startColumn, cell.endColumn] }
}
