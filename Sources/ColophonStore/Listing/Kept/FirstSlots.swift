/// The first slots of an order behind its place: kept are twice as many as asked for, and the later half is dropped when they are full.
struct FirstSlots {
    private let count: Int
    private let order: SlotOrder
    private let room: Int
    private var best: [Int] = []
    /// The order's place, by its first two columns.
    private let place: (first: Int64, second: Int64)
    /// The last of those that are kept for sure.
    private var worst: (slot: Int, first: Int64, second: Int64) = (-1, .max, .max)

    init(_ count: Int, in order: SlotOrder, roomMin: Int) {
        self.count = count
        self.order = order
        place = (order.placeRank, order.placeSecondRank)
        room = max(2 * count, roomMin)
        best.reserveCapacity(room)
    }

    /// Whether a block may hold one of them.
    func mayTake(_ block: Int) -> Bool { order.ranks.mayHold(block, from: place.first, to: worst.first) }

    mutating func take(_ mask: SlotMask) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: mask.slots.count) { found in
            let count = mask.find(order.ranks, from: place.first, to: worst.first, into: found)
            // In the direction in which the first are likely met first.
            for index in 0..<count { take(found[order.isReversed ? count - 1 - index : index]) }
        }
    }

    private mutating func take(_ slot: Int) {
        let rank = order.ranks[slot]
        // While the block was looked at it has become less.
        if rank > worst.first { return }
        // Where most documents are equal in the first column, the second tells most of them apart.
        if rank == place.first || rank == worst.first {
            let second = order.secondRank(slot)
            if rank == place.first && (second < place.second || second == place.second && !order.isBehindPlace(slot)) { return }
            if rank == worst.first && (second > worst.second || second == worst.second && !isBetter(slot)) { return }
        }
        best.append(slot)
        if best.count == room {
            best.sort(by: order.precedes)
            best.removeLast(room - count)
            let slot = best[count - 1]
            worst = (slot, order.ranks[slot], order.secondRank(slot))
        }
    }

    private func isBetter(_ slot: Int) -> Bool { worst.slot < 0 || order.precedes(slot, worst.slot) }

    /// In order, at most as many as asked for.
    var slots: [Int] { Array(best.sorted(by: order.precedes).prefix(count)) }
}
