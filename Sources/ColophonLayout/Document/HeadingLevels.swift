/// Ranks headings by size and weight, and by the depth of their numbers.
struct HeadingLevels {
    private let ranks: [Int: Int]
    private static let maxLevel = 6

    init(headings: [(size: Float, isBold: Bool)]) {
        var keys: Set<Int> = []
        for heading in headings { keys.insert(Self.key(heading.size, heading.isBold)) }
        var ranks: [Int: Int] = [:]
        for (rank, key) in keys.sorted(by: >).enumerated() { ranks[key] = min(rank + 1, Self.maxLevel) }
        self.ranks = ranks
    }

    func level(size: Float, isBold: Bool, number: HeadingNumber?) -> Int {
        if let number { return min(number.depth, Self.maxLevel) }
        return ranks[Self.key(size, isBold)] ?? 1
    }

    private static func key(_ size: Float, _ isBold: Bool) -> Int {
        Int((min(size, 1_000) * 2).rounded()) * 2 + (isBold ? 1 : 0)
    }
}
