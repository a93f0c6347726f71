import ColophonCore

/// Which of the kept documents a query is about; the same as `ListMatch` says in SQL.
struct KeptMatch {
    let columns: KeptColumns

    func mask(_ query: DocumentQuery) -> SlotMask {
        var mask = SlotMask(columns.living)
        switch query.join {
        case .and: for filter in query.filters { keep(filter, in: &mask) }
        case .or: if !query.filters.isEmpty { keep(anyOf: query.filters, in: &mask) }
        }
        for token in query.tokens { keep(token: token, in: &mask) }
        return mask
    }

    /// A mask is as large as a column of the smallest kind: two serve all filters.
    private func keep(anyOf filters: [DocumentFilter], in mask: inout SlotMask) {
        let living = SlotMask(columns.living)
        keep(filters[0], in: &mask)
        if filters.count == 1 { return }
        var some = living
        for filter in filters.dropFirst() {
            some.copy(living)
            keep(filter, in: &some)
            mask.unite(with: some)
        }
    }

    private func keep(_ filter: DocumentFilter, in mask: inout SlotMask) {
        switch (filter.id, filter.test) {
        case (.id, .isAmong(let ids, isNegated: false)):
            let wanted = ids.compactMap(columns.slot(of:)).filter(mask.contains)
            mask.clear()
            for slot in wanted { mask.insert(slot) }
        case (.name, .isAmong(let names, let isNegated)):
            keep(isNegated, in: &mask) { keep(names: names, in: &$0) }
        case (.name, .isLike(let pattern, let isNegated)):
            keep(isNegated, in: &mask) { keep(names: BytePattern(pattern), in: &$0) }
        case (.name, .isEmpty(let isEmpty)): if isEmpty { mask.clear() }
        case (.fileType, let test): keep(columns.fileTypes, test, in: &mask) { $0 }
        case (.source, let test): keep(columns.sources, test, in: &mask) { $0 }
        case (.uploaderId, let test): keep(columns.uploaders, test, in: &mask) { $0.isEmpty ? nil : $0 }
        case (.lastRunPhase, let test): keep(columns.phases, test, in: &mask) { $0 }
        case (.tags, .isAmong(let tags, let isNegated)): keep(columns.tags.marks(tags), isNegated: isNegated, in: &mask)
        case (.tags, .isEmpty(let isEmpty)): keep(columns.tags.marks { _ in true }, isNegated: isEmpty, in: &mask)
        case (.hasOutput, .isTrue(let has)): keep(columns.outputs, in: &mask) { $0 == has }
        case (.createdAt, let test): keep(columns.createdAt, test, in: &mask)
        case (.updatedAt, let test): keep(columns.editedAt, test, in: &mask)
        case (.activityAt, let test): keep(columns.activeAt, test, in: &mask)
        case (.byteSize, let test): keep(columns.byteSize, test, in: &mask)
        default: mask.clear()
        }
    }

    private func keep(_ column: [Int64], _ test: DocumentFilter.Test, in mask: inout SlotMask) {
        switch test {
        case .isBetween(let least, let most, let isNegated):
            let (least, most) = (least ?? .min, most ?? .max)
            if isNegated { mask.keep(column) { $0 < least || $0 > most } } else { mask.keep(column) { $0 >= least && $0 <= most } }
        case .isEmpty(false): break
        default: mask.clear()
        }
    }

    /// - Parameter marks: For each set of tags, whether it is meant.
    private func keep(_ marks: [UInt8], isNegated: Bool, in mask: inout SlotMask) {
        mask.keep(columns.tags.codes, marked: isNegated ? marks.map { 1 - $0 } : marks)
    }

    /// - Parameter text: What a value is compared by; nil when it is none.
    private func keep<Value>(
        _ column: CodedColumn<Value>, _ test: DocumentFilter.Test, in mask: inout SlotMask, text: (Value) -> String?
    ) {
        switch test {
        case .isAmong(let wanted, let isNegated):
            keep(column, in: &mask) { (text($0).map(wanted.contains) ?? false) != isNegated }
        case .isEmpty(let isEmpty): keep(column, in: &mask) { (text($0) == nil) == isEmpty }
        default: mask.clear()
        }
    }

    /// Asks each different value once.
    private func keep<Value>(_ column: CodedColumn<Value>, in mask: inout SlotMask, where holds: (Value) -> Bool) {
        mask.keep(column.codes, marked: column.values.map { holds($0) ? 1 : 0 })
    }

    private func keep(_ isNegated: Bool, in mask: inout SlotMask, _ keep: (inout SlotMask) -> Void) {
        if !isNegated { return keep(&mask) }
        var found = mask
        keep(&found)
        mask.subtract(found)
    }

    private func keep(names pattern: BytePattern, in mask: inout SlotMask) {
        let (head, tail) = (pattern.head, pattern.tail)
        if head.mask != 0 { mask.keep(columns.nameKeys.heads) { ($0 ^ head.bits) & head.mask == 0 } }
        if tail.mask != 0 { mask.keep(columns.nameKeys.tails) { ($0 ^ tail.bits) & tail.mask == 0 } }
        if pattern.isDecidedByEdges { return }
        columns.nameKeys.withReader { names in mask.keep { pattern.matches(names[$0]) } }
    }

    private func keep(names: [String], in mask: inout SlotMask) {
        if names.count == 1 { return keep(names: BytePattern(literal: names[0]), in: &mask) }
        let wanted = Set(names.map { Array($0.utf8) })
        let heads = Set(wanted.map { TextColumn.head($0) })
        mask.keep(columns.nameKeys.heads) { heads.contains($0) }
        columns.nameKeys.withReader { names in mask.keep { wanted.contains(Array(names[$0])) } }
    }

    /// Whether a word is found in the name or a tag, or at the beginning of the identifier.
    private func keep(token: String, in mask: inout SlotMask) {
        let (part, start) = (BytePattern.holding(token), Array(token.utf8))
        let tagged = columns.tags.marks { Array($0.utf8).withUnsafeBufferPointer(part.matches) }
        columns.nameKeys.withReader { names in
            columns.ids.withReader { ids in
                columns.tags.codes.withUnsafeBufferPointer { tags in
                    mask.keep { part.matches(names[$0]) || tagged[Int(tags[$0])] == 1 || Self.begins(ids[$0], start) }
                }
            }
        }
    }

    /// Whether an identifier, which may have capital letters, begins with a word, which has none.
    private static func begins(_ id: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        id.count >= word.count && zip(id, word).allSatisfy { byte, wanted in (0x41...0x5A ~= byte ? byte | 0x20 : byte) == wanted }
    }
}
