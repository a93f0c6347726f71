import ColophonCore

/// The next documents of a list, found among the kept ones, with what was asked for beside them.
struct KeptPage: Sendable {
    var ids: [DocumentID] = []
    /// Of each document.
    var tags: [[String]] = []
    var hasMore = false
    var nextCursor: DocumentCursor?
    var total: Int?
    var facets: DocumentFacets?

    /// - Complexity: O(documents of the workspace): some nanoseconds each.
    ///
    /// - Parameter roomMin: How many are kept at least before the later half is dropped; tests take less.
    init(_ query: DocumentQuery, in columns: KeptColumns, roomMin: Int = 256) {
        let mask = KeptMatch(columns: columns).mask(query)
        let ordering = ListOrdering(query.sort, lifecycle: .active)
        let place = query.cursor.map(ListPlace.init)
        let slots = Self.slots(query.limit + 1, of: mask, in: ordering, behind: place, over: columns, roomMin: roomMin)
        hasMore = slots.count > query.limit
        ids = slots.prefix(query.limit).map { DocumentID(rawValue: columns.ids[$0]) }
        tags = slots.prefix(query.limit).map { columns.tags[$0] }
        if hasMore {
            let last = slots[query.limit - 1]
            nextCursor = DocumentCursor(
                sort: query.sort, values: query.sort.map { columns.sortValue($0.id, of: last) },
                id: DocumentID(rawValue: columns.ids[last]))
        }
        if query.includeTotal { total = mask.total }
        if query.includeFacets { facets = columns.facets(mask) }
    }

    /// The next slots of the order, at most so many. A few words that very many documents have are gone through one by one, as in
    /// `ListReader`: in each the next column tells documents apart.
    private static func slots(
        _ count: Int, of mask: SlotMask, in ordering: ListOrdering, behind place: ListPlace?, over columns: KeptColumns, roomMin: Int
    ) -> [Int] {
        guard ordering.first.column == .source else {
            return SlotOrder.with(ordering, over: columns, behind: place) { first(count, of: mask, in: $0, roomMin: roomMin) }
        }
        let isDescending = ordering.first.isDescending
        var words = columns.sources.values.sorted { isDescending ? $0 > $1 : $0 < $1 }
        if case .text(let last)? = place?.values[.source] { words.removeAll { isDescending ? $0 > last : $0 < last } }
        var found: [Int] = []
        for word in words where found.count < count {
            var some = mask
            some.keep(columns.sources.codes, marked: columns.sources.values.map { $0 == word ? 1 : 0 })
            let start = place?.values[.source] == .text(word) ? place : nil
            found += slots(count - found.count, of: some, in: ordering.rest, behind: start, over: columns, roomMin: roomMin)
        }
        return found
    }

    /// The first slots of a mask behind the order's place: kept are twice as many as asked for, and the later half is dropped when they are full.
    private static func first(_ count: Int, of mask: SlotMask, in order: SlotOrder, roomMin: Int) -> [Int] {
        let room = max(2 * count, roomMin)
        var best: [Int] = []
        best.reserveCapacity(room)
        // Where most documents are equal in the first column, the second tells most of them apart.
        var worst: (slot: Int, first: Int64, second: Int64) = (-1, .max, .max)
        let (ranks, placeRank, placeSecond) = (order.ranks, order.placeRank, order.placeSecondRank)
        mask.visit(isReversed: order.isReversed) { slot in
            let rank = ranks[slot]
            if rank < placeRank || rank > worst.first { return }
            if worst.slot >= 0 && rank == worst.first {
                if order.secondRank(slot) > worst.second || !order.precedes(slot, worst.slot) { return }
            }
            if rank == placeRank {
                let second = order.secondRank(slot)
                if second < placeSecond || (second == placeSecond && !order.isBehindPlace(slot)) { return }
            }
            best.append(slot)
            if best.count == room {
                best.sort(by: order.precedes)
                best.removeLast(room - count)
                let slot = best[count - 1]
                worst = (slot, ranks[slot], order.secondRank(slot))
            }
        }
        best.sort(by: order.precedes)
        return Array(best.prefix(count))
    }
}

extension KeptColumns {
    fileprivate func sortValue(_ id: SortKey.ID, of slot: Int) -> SortValue {
        switch id {
        case .id: .text(ids[slot])
        case .createdAt: .integer(createdAt[slot])
        case .updatedAt: .integer(editedAt[slot])
        case .deletedAt: .null
        case .lastRunAt: lastRunAt[slot] == Self.never ? .null : .integer(lastRunAt[slot])
        case .activityAt: .integer(activeAt[slot])
        case .byteSize: .integer(byteSize[slot])
        case .source: .text(sources[slot])
        case .name: .text(nameKeys[slot])
        }
    }

    fileprivate func facets(_ mask: SlotMask) -> DocumentFacets {
        return DocumentFacets(
            lastRunPhase: DocumentFacets.ordered(phases.counts(mask).compactMap { phase, count in phase.map { (key: $0, value: count) } }),
            fileType: DocumentFacets.ordered(fileTypes.counts(mask)),
            tags: Array(DocumentFacets.ordered(tags.counts(mask)).prefix(DocumentFacets.tagsMax)),
            source: DocumentFacets.ordered(sources.counts(mask)),
            uploaderId: Array(DocumentFacets.ordered(uploaders.counts(mask)).prefix(DocumentFacets.uploadersMax)))
    }
}
