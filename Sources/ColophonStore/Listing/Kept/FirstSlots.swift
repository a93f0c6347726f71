/// The first slots of an order behind its place: kept are twice as many as asked for, and the later half is dropped when they are full.
struct FirstSlots {
    private let count: Int
    private let order: SlotOrder
    private let room: Int
    private var best: [Int] = []
    /// The last of those that are kept for sure. Where most documents are equal in the first column, the second tells most of them apart.
    private var worst: (slot: Int, first: Int64, second: Int64) = (-1, .max, .max)

    init(_ count: Int, in order: SlotOrder, roomMin: Int) {
        self.count = count
        self.order = order
        room = max(2 * count, roomMin)
        best.reserveCapacity(room)
    }

    /// Whether a block may hold one of them.
    func mayTake(_ block: Int) -> Bool { order.ranks.mayHold(block, from: order.placeRank, to: worst.first) }

    mutating func take(_ mask: SlotMask) {
        withUnsafeTemporaryAllocation(of: Int.self, capacity: mask.slots.count) { found in
            let count = mask.find(order.ranks, from: order.placeRank, to: worst.first, into: found)
            // In the direction in which the first are likely met first.
            for index in 0..<count { take(found[order.isReversed ? count - 1 - index : index]) }
        }
    }

    private mutating func take(_ slot: Int) {
        let rank = order.ranks[slot]
        // While the block was looked at it has become less.
        if rank > worst.first { return }
        if worst.slot >= 0 && rank == worst.first {
            if order.secondRank(slot) > worst.second || !order.precedes(slot, worst.slot) { return }
        }
        if rank == order.placeRank {
            let second = order.secondRank(slot)
            if second < order.placeSecondRank || (second == order.placeSecondRank && !order.isBehindPlace(slot)) { return }
        }
        best.append(slot)
        if best.count == room {
            best.sort(by: order.precedes)
            best.removeLast(room - count)
            let slot = best[count - 1]
            worst = (slot, order.ranks[slot], order.secondRank(slot))
        }
    }

    /// In order, at most as many as asked for.
    var slots: [Int] { Array(best.sorted(by: order.precedes).prefix(count)) }
}
