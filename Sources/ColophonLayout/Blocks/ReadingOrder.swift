/// Puts a page's blocks into reading order.
///
/// The order of drawing is nearly always the order of reading, so it is kept unless geometry contradicts it: of two blocks in one
/// column the upper one comes first. Everything else stays as it was drawn.
enum ReadingOrder {
    private static let maxBlocks = 1_500

    static func sorted(_ blocks: [Block]) -> [Block] {
        let drawn = blocks.indices.sorted { (blocks[$0].order, $0) < (blocks[$1].order, $1) }
        guard blocks.count <= maxBlocks else { return drawn.map { blocks[$0] } }
        var waitsFor = [Int](repeating: 0, count: blocks.count)
        var followers = [[Int]](repeating: [], count: blocks.count)
        var isContradicted = false
        for (place, first) in drawn.enumerated() {
            for second in drawn[(place + 1)...] {
                if isAbove(blocks[second], blocks[first]) {
                    isContradicted = true
                    waitsFor[first] += 1
                    followers[second].append(first)
                } else if isAbove(blocks[first], blocks[second]) {
                    waitsFor[second] += 1
                    followers[first].append(second)
                }
            }
        }
        guard isContradicted else { return drawn.map { blocks[$0] } }
        // "Above" has no cycles, but with "as drawn" between the others only the first free block in the order of drawing is taken.
        var result: [Block] = []
        var isPlaced = [Bool](repeating: false, count: blocks.count)
        var start = 0
        while result.count < blocks.count {
            while start < drawn.count, isPlaced[drawn[start]] { start += 1 }
            guard
                let next = drawn[start...].first(where: { !isPlaced[$0] && waitsFor[$0] == 0 })
                    ?? drawn[start...].first(where: { !isPlaced[$0] })
            else { break }
            isPlaced[next] = true
            result.append(blocks[next])
            for follower in followers[next] { waitsFor[follower] -= 1 }
        }
        return result
    }

    /// Whether a block stands wholly above another one in the same column.
    private static func isAbove(_ upper: Block, _ lower: Block) -> Bool {
        let tolerance = 0.3 * min(max(upper.size, 4), max(lower.size, 4))
        guard upper.box.y0 >= lower.box.y1 - tolerance else { return false }
        return upper.box.overlapX(lower.box) > 0.5 * min(upper.box.width, lower.box.width)
    }
}
