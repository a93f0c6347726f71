/// Ranks headings by size, and by the depth of their numbers.
///
/// Sizes that only one heading has, such as a cover's, make no level of their own: they would push all others down.
struct HeadingLevels {
    /// The smallest size of each level, from the largest.
    private let sizes: [Float]
    private static let maxLevel = 6

    init(headings: [Float]) {
        let sorted = headings.sorted(by: >)
        var sizes: [Float] = []
        var group: [Float] = []
        func close() {
            if group.count > 1, let smallest = group.last { sizes.append(smallest) }
            group = []
        }
        for size in sorted {
            // Sizes within a few hundredths are one.
            if let last = group.last, size < last * 0.96 { close() }
            group.append(size)
        }
        close()
        self.sizes = sizes
    }

    func level(size: Float, number: HeadingNumber?) -> Int {
        if let number { return min(number.depth, Self.maxLevel) }
        return min((sizes.firstIndex { size >= $0 * 0.99 } ?? sizes.count) + 1, Self.maxLevel)
    }
}
