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
        let match = KeptMatch(query, in: columns)
        let ordering = ListOrdering(query.sort, lifecycle: .active)
        let place = query.cursor.map(ListPlace.init)
        let slots = Self.slots(query.limit + 1, of: match, in: ordering, behind: place, over: columns, roomMin: roomMin)
        hasMore = slots.count > query.limit
        ids = slots.prefix(query.limit).map { DocumentID(rawValue: columns.ids[$0]) }
        tags = slots.prefix(query.limit).map { columns.tags[$0] }
        if hasMore {
            let last = slots[query.limit - 1]
            nextCursor = DocumentCursor(
                sort: query.sort, values: query.sort.map { columns.sortValue($0.id, of: last) },
                id: DocumentID(rawValue: columns.ids[last]))
        }
        if query.includeTotal || query.includeFacets {
            let masks = (0..<columns.blockCount).map(match.mask(of:))
            if query.includeTotal { total = masks.reduce(0) { $0 + $1.total } }
            if query.includeFacets { facets = columns.facets(masks) }
        }
    }

    /// The next slots of the order, at most so many. A few words that very many documents have are gone through one by one, as in
    /// `ListReader`: in each the next column tells documents apart.
    private static func slots(
        _ count: Int, of match: KeptMatch, in ordering: ListOrdering, behind place: ListPlace?, over columns: KeptColumns, roomMin: Int
    ) -> [Int] {
        guard ordering.first.column == .source else {
            return SlotOrder.with(ordering, over: columns, behind: place) { order in
                var first = FirstSlots(count, in: order, roomMin: roomMin)
                for turn in 0..<columns.blockCount {
                    let block = order.isReversed ? columns.blockCount - 1 - turn : turn
                    if first.mayTake(block) { first.take(match.mask(of: block)) }
                }
                return first.slots
            }
        }
        let isDescending = ordering.first.isDescending
        var words = columns.sources.values.sorted { isDescending ? $0 > $1 : $0 < $1 }
        if case .text(let last)? = place?.values[.source] { words.removeAll { isDescending ? $0 > last : $0 < last } }
        var found: [Int] = []
        for word in words where found.count < count {
            let start = place?.values[.source] == .text(word) ? place : nil
            found += slots(
                count - found.count, of: match.with(source: word), in: ordering.rest, behind: start, over: columns,
                roomMin: roomMin)
        }
        return found
    }
}

extension KeptColumns {
    fileprivate func sortValue(_ id: SortKey.ID, of slot: Int) -> SortValue {
        switch id {
        case .id: .text(ids[slot])
        case .createdAt: .integer(createdAt[slot])
        case .updatedAt: .integer(editedAt[slot])
        case .deletedAt: .null
        case .lastRunAt: lastRunAt[slot] == NumberColumn.none ? .null : .integer(lastRunAt[slot])
        case .activityAt: .integer(activeAt[slot])
        case .byteSize: .integer(byteSize[slot])
        case .source: .text(sources[slot])
        case .name: .text(nameKeys[slot])
        }
    }

    fileprivate func facets(_ masks: [SlotMask]) -> DocumentFacets {
        let phases = phases.counts(masks).compactMap { phase, count in phase.map { (key: $0, value: count) } }
        return DocumentFacets(
            lastRunPhase: DocumentFacets.ordered(phases), fileType: DocumentFacets.ordered(fileTypes.counts(masks)),
            tags: Array(DocumentFacets.ordered(tags.counts(masks)).prefix(DocumentFacets.tagsMax)),
            source: DocumentFacets.ordered(sources.counts(masks)),
            uploaderId: Array(DocumentFacets.ordered(uploaders.counts(masks)).prefix(DocumentFacets.uploadersMax)))
    }
}
