/// Numbers by slot, and between which numbers each block of slots lies: a block in which none can matter is not looked at.
struct NumberColumn: Sendable {
    /// Between which numbers the slots of a block lie. What was replaced is not forgotten, so that they may lie closer together.
    struct Bounds: Sendable {
        var least = Int64.max
        var most = Int64.min
        /// Whether a slot has no number.
        var hasNone = false

        fileprivate mutating func take(_ number: Int64) {
            if number == NumberColumn.none {
                hasNone = true
            } else {
                least = min(least, number)
                most = max(most, number)
            }
        }
    }

    /// Stands where there is no number: more than any, since what is null comes last.
    static let none = Int64.max

    private(set) var numbers: [Int64] = []
    private(set) var bounds: [Bounds] = []
    private let blockLength: Int

    init(blockLength: Int) { self.blockLength = blockLength }

    var byteCount: Int { numbers.capacity * MemoryLayout<Int64>.stride + bounds.capacity * MemoryLayout<Bounds>.stride }

    subscript(slot: Int) -> Int64 { numbers[slot] }

    mutating func append(_ number: Int64) {
        if numbers.count == bounds.count * blockLength { bounds.append(Bounds()) }
        bounds[bounds.count - 1].take(number)
        numbers.append(number)
    }

    mutating func replace(_ slot: Int, with number: Int64) {
        bounds[slot / blockLength].take(number)
        numbers[slot] = number
    }
}
