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
            Self.first(query.limit + 1, of: mask, in: order, roomMin: roomMin)
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
    private static func first(_ count: Int, of mask: SlotMask, in order: SlotOrder, roomMin: Int) -> [Int] {
        let room = max(2 * count, roomMin)
        var best: [Int] = []
        best.reserveCapacity(room)
        var (worst, worstRank) = (-1, Int64.max)
        let (placeRank, first) = (order.placeRank, order.keys[0])
        mask.visit(isReversed: order.isReversed) { slot in
            let rank = first.rank(slot)
            if rank < placeRank || rank > worstRank { return }
            if rank == placeRank && !order.isBehindPlace(slot) { return }
            if worst >= 0 && rank == worstRank && !order.precedes(slot, worst) { return }
            best.append(slot)
            if best.count == room {
                best.sort(by: order.precedes)
                best.removeLast(room - count)
                worst = best[count - 1]
                worstRank = first.rank(worst)
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
