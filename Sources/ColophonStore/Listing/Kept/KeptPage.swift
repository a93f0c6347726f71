import ColophonCore

/// The next documents of a list, found among the kept ones, with what was asked for beside them.
struct KeptPage: Sendable {
    var ids: [DocumentID] = []
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
        let slots = SlotOrder.with(ordering, over: columns, behind: query.cursor.map(ListPlace.init)) { order in
            switch order.keys[0].source {
            case .numbers(let ranks), .texts(_, let ranks): Self.first(query.limit + 1, of: mask, in: order, ranks, roomMin: roomMin)
            case .codes(let ranks): Self.first(query.limit + 1, of: mask, in: order, ranks, roomMin: roomMin)
            }
        }
        hasMore = slots.count > query.limit
        ids = slots.prefix(query.limit).map { DocumentID(rawValue: columns.ids[$0]) }
        if hasMore {
            let last = slots[query.limit - 1]
            nextCursor = DocumentCursor(
                sort: query.sort, values: query.sort.map { columns.sortValue($0.id, of: last) },
                id: DocumentID(rawValue: columns.ids[last]))
        }
        if query.includeTotal { total = mask.total }
        if query.includeFacets { facets = columns.facets(mask) }
    }

    /// The first slots of a mask behind the order's place: kept are twice as many as asked for, and the later half is dropped when they are full.
    ///
    /// - Parameter ranks: Those of the order's first column.
    private static func first(
        _ count: Int, of mask: SlotMask, in order: SlotOrder, _ ranks: some SlotRanks, roomMin: Int
    ) -> [Int] {
        let room = max(2 * count, roomMin)
        var best: [Int] = []
        best.reserveCapacity(room)
        // Where most documents are equal in the first column, the second tells most of them apart.
        var worst: (slot: Int, first: Int64, second: Int64) = (-1, .max, .max)
        let (placeRank, placeSecond) = (order.placeRank, order.placeSecondRank)
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
