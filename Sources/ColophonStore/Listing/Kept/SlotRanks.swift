/// Which way an order goes: a number that comes first has the smaller rank.
struct RankDirection {
    /// All ones where the order goes down.
    private let flip: Int64

    init(isDescending: Bool) { flip = isDescending ? -1 : 0 }

    @inline(__always) func rank(_ number: Int64) -> Int64 { number == KeptColumns.never ? number : number ^ flip }
}

/// Where slots stand in the order of a column of numbers.
struct NumberRanks {
    let numbers: UnsafeBufferPointer<Int64>
    let direction: RankDirection

    @inline(__always) subscript(slot: Int) -> Int64 { direction.rank(numbers[slot]) }
}

/// Where slots stand in the order of a column of few values.
struct CodeRanks {
    let codes: UnsafeBufferPointer<UInt32>
    /// Each code's place among the values.
    let places: UnsafeBufferPointer<Int64>
    let direction: RankDirection

    @inline(__always) subscript(slot: Int) -> Int64 { direction.rank(places[Int(codes[slot])]) }
}
