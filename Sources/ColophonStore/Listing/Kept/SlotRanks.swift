/// Which way an order goes: a number that comes first has the smaller rank.
struct RankDirection {
    /// All ones where the order goes down.
    private let flip: Int64

    init(isDescending: Bool) { flip = isDescending ? -1 : 0 }

    @inline(__always) func rank(_ number: Int64) -> Int64 { number == NumberColumn.none ? number : number ^ flip }

    /// Between which ranks a block's slots lie.
    func ranks(_ bounds: NumberColumn.Bounds) -> (least: Int64, most: Int64) {
        let (least, most) = flip == 0 ? (bounds.least, bounds.most) : (~bounds.most, ~bounds.least)
        return (least, bounds.hasNone ? NumberColumn.none : most)
    }
}

/// Where slots stand in the order of a column of numbers.
struct NumberRanks {
    let numbers: UnsafeBufferPointer<Int64>
    let bounds: UnsafeBufferPointer<NumberColumn.Bounds>
    let direction: RankDirection

    @inline(__always) subscript(slot: Int) -> Int64 { direction.rank(numbers[slot]) }

    /// Whether a block may hold slots between two ranks.
    func mayHold(_ block: Int, from least: Int64, to most: Int64) -> Bool {
        let ranks = direction.ranks(bounds[block])
        return ranks.most >= least && ranks.least <= most
    }
}

/// Where slots stand in the order of a column of few values.
struct CodeRanks {
    let codes: UnsafeBufferPointer<UInt32>
    /// Each code's place among the values.
    let places: UnsafeBufferPointer<Int64>
    let direction: RankDirection

    @inline(__always) subscript(slot: Int) -> Int64 { direction.rank(places[Int(codes[slot])]) }
}
