import ColophonCore
import Foundation

/// An order of slots, and the place behind which a page begins; as `ListOrdering` says in SQL.
struct SlotOrder {
    /// One column of the order.
    private struct Key {
        enum Source {
            case numbers(NumberRanks)
            case codes(CodeRanks)
            /// With their first bytes as numbers, and the next ones.
            case texts(TextColumn.TextReader, NumberRanks, nexts: UnsafeBufferPointer<Int64>)
        }

        let source: Source
        let isDescending: Bool

        /// Smaller for what comes first; of texts that begin alike it is the same.
        @inline(__always) func rank(_ slot: Int) -> Int64 {
            switch source {
            case .numbers(let ranks), .texts(_, let ranks, _): ranks[slot]
            case .codes(let ranks): ranks[slot]
            }
        }

        func compare(_ left: Int, _ right: Int) -> Int {
            let (one, other) = (rank(left), rank(right))
            if one != other { return one < other ? -1 : 1 }
            guard case .texts(let texts, _, _) = source else { return 0 }
            return directed(SlotOrder.compare(texts[left], texts[right]))
        }

        func compare(_ slot: Int, with place: Place) -> Int {
            let rank = rank(slot)
            if rank != place.rank { return rank < place.rank ? -1 : 1 }
            guard case .texts(let texts, _, _) = source else { return 0 }
            return directed(place.text.withUnsafeBufferPointer { SlotOrder.compare(texts[slot], $0) })
        }

        private func directed(_ order: Int) -> Int { isDescending ? -order : order }
    }

    /// What the place has in one column.
    struct Place {
        var rank: Int64
        var text: [UInt8] = []
    }

    private let keys: [Key]
    /// Those of the first column, by which most slots are told apart.
    let ranks: NumberRanks
    /// By the order's columns; empty without a place.
    private let places: [Place]

    private init(keys: [Key], places: [Place]) {
        switch keys[0].source {
        case .numbers(let ranks), .texts(_, let ranks, _): self.ranks = ranks
        case .codes: preconditionFailure("a list is gone through by its words first")
        }
        (self.keys, self.places) = (keys, places)
    }

    /// Whether the last slots are likely the first of the order: later documents have later times and ids.
    var isReversed: Bool { keys[0].isDescending }

    /// The first column's rank of the place: what has a smaller one does not come behind it.
    var placeRank: Int64 { places.first?.rank ?? .min }

    /// Tells slots apart whose first rank is equal: of texts by their next bytes, of numbers by the second column, if there is one.
    @inline(__always) func secondRank(_ slot: Int) -> Int64 {
        if case .texts(_, let ranks, let nexts) = keys[0].source { return ranks.direction.rank(nexts[slot]) }
        return keys.count > 1 ? keys[1].rank(slot) : 0
    }

    /// The place's `secondRank`.
    var placeSecondRank: Int64 {
        guard let place = places.first else { return .min }
        if case .texts(_, let ranks, _) = keys[0].source { return ranks.direction.rank(TextColumn.next(place.text)) }
        return keys.count > 1 ? places[1].rank : 0
    }

    func precedes(_ left: Int, _ right: Int) -> Bool {
        for key in keys {
            let order = key.compare(left, right)
            if order != 0 { return order < 0 }
        }
        return false
    }

    func isBehindPlace(_ slot: Int) -> Bool {
        for (key, place) in zip(keys, places) {
            let order = key.compare(slot, with: place)
            if order != 0 { return order > 0 }
        }
        return places.isEmpty
    }

    private static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let count = min(left.count, right.count)
        if count > 0, let one = left.baseAddress, let other = right.baseAddress {
            let order = Int(memcmp(one, other, count))
            if order != 0 { return order }
        }
        return left.count - right.count
    }
}

extension SlotOrder {
    /// Runs a body while the columns of an order are held still.
    static func with<Result>(
        _ ordering: ListOrdering, over columns: KeptColumns, behind place: ListPlace?, _ body: (SlotOrder) -> Result
    ) -> Result {
        func hold(_ rest: ArraySlice<ListOrder>, _ keys: [Key], _ places: [Place]) -> Result {
            guard let order = rest.first else {
                return body(SlotOrder(keys: keys, places: places))
            }
            let direction = RankDirection(isDescending: order.isDescending)
            func next(_ source: Key.Source, _ placed: (SortValue) -> Place) -> Result {
                let at = place.map { place -> Place in
                    var at = placed(place.values[order.column] ?? .null)
                    at.rank = direction.rank(at.rank)
                    return at
                }
                let key = Key(source: source, isDescending: order.isDescending)
                return hold(rest.dropFirst(), keys + [key], places + (at.map { [$0] } ?? []))
            }
            func next(_ numbers: NumberColumn) -> Result { numbers.held(direction) { next(.numbers($0), Self.number) } }
            func next(_ texts: TextColumn) -> Result {
                texts.withReader { reader in
                    texts.nexts.withUnsafeBufferPointer { nexts in
                        texts.heads.held(direction) { next(.texts(reader, $0, nexts: nexts), Self.text) }
                    }
                }
            }
            switch order.column {
            case .id: return next(columns.ids)
            case .nameKey: return next(columns.nameKeys)
            case .source:
                let (codes, values) = (columns.sources.codes, columns.sources.values)
                let sorted = values.sorted()
                let places = values.map { Int64(sorted.firstIndex(of: $0) ?? 0) * 2 }
                return codes.withUnsafeBufferPointer { codes in
                    places.withUnsafeBufferPointer { places in
                        // Between two that are there stands one that is not.
                        next(.codes(CodeRanks(codes: codes, places: places, direction: direction))) { value in
                            let text = Self.string(value)
                            return Place(
                                rank: sorted.firstIndex(of: text).map { Int64($0) * 2 } ?? Int64(sorted.count { $0 < text }) * 2 - 1)
                        }
                    }
                }
            case .createdAt: return next(columns.createdAt)
            case .editedAt: return next(columns.editedAt)
            case .activeAt: return next(columns.activeAt)
            case .lastRunAt: return next(columns.lastRunAt)
            case .byteSize: return next(columns.byteSize)
            // No living document has it.
            case .deletedAt: return hold(rest.dropFirst(), keys, places)
            }
        }
        return hold(ordering.columns[...], [], [])
    }

    private static func number(_ value: SortValue) -> Place {
        if case .integer(let number) = value { Place(rank: number) } else { Place(rank: NumberColumn.none) }
    }

    private static func text(_ value: SortValue) -> Place {
        let text = Array(string(value).utf8)
        return Place(rank: TextColumn.head(text), text: text)
    }

    private static func string(_ value: SortValue) -> String { if case .text(let text) = value { text } else { "" } }
}

extension NumberColumn {
    fileprivate func held<Result>(_ direction: RankDirection, _ body: (NumberRanks) -> Result) -> Result {
        numbers.withUnsafeBufferPointer { numbers in
            bounds.withUnsafeBufferPointer { body(NumberRanks(numbers: numbers, bounds: $0, direction: direction)) }
        }
    }
}
