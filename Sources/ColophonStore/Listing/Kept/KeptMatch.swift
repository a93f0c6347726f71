import ColophonCore

/// Which of the kept documents a query is about; the same as `ListMatch` says in SQL. Asked block by block.
struct KeptMatch {
    /// Takes away from a mask what it does not hold for.
    private typealias Test = (inout SlotMask) -> Void

    private let columns: KeptColumns
    /// Each must hold.
    private var all: [Test] = []
    /// One must hold, if there are any.
    private var some: [Test] = []

    init(_ query: DocumentQuery, in columns: KeptColumns) {
        self.columns = columns
        let tests = query.filters.map { test($0) }
        switch query.join {
        case .and: all = tests
        case .or: some = tests
        }
        all += query.tokens.map { test(token: $0) }
    }

    /// The same of the documents of one source.
    func with(source: String) -> KeptMatch {
        var match = self
        // First: it is found out faster than most.
        match.all.insert(among(columns.sources) { $0 == source }, at: 0)
        return match
    }

    func mask(of block: Int) -> SlotMask {
        let living = SlotMask(columns.slots(of: block), of: columns.living)
        var mask = living
        if let first = some.first {
            first(&mask)
            for test in some.dropFirst() {
                var other = living
                test(&other)
                mask.unite(with: other)
            }
        }
        for test in all where !mask.isNone { test(&mask) }
        return mask
    }

    private func test(_ filter: DocumentFilter) -> Test {
        switch (filter.id, filter.test) {
        case (.id, .isAmong(let ids, isNegated: false)):
            let slots = ids.compactMap(columns.slot(of:))
            return { $0.keep(slots) }
        case (.name, .isAmong(let names, let isNegated)): return not(isNegated, test(names: names))
        case (.name, .isLike(let pattern, let isNegated)): return not(isNegated, test(names: BytePattern(pattern)))
        case (.name, .isEmpty(false)): return { _ in }
        case (.fileType, let test): return self.test(columns.fileTypes, test) { $0 }
        case (.source, let test): return self.test(columns.sources, test) { $0 }
        case (.uploaderId, let test): return self.test(columns.uploaders, test) { $0.isEmpty ? nil : $0 }
        case (.lastRunPhase, let test): return self.test(columns.phases, test) { $0 }
        case (.tags, .isAmong(let tags, let isNegated)): return marked(columns.tags.marks(tags), isNegated: isNegated)
        case (.tags, .isEmpty(let isEmpty)): return marked(columns.tags.marks { _ in true }, isNegated: isEmpty)
        case (.hasOutput, .isTrue(let has)): return among(columns.outputs) { $0 == has }
        case (.createdAt, let test): return self.test(columns.createdAt, test)
        case (.updatedAt, let test): return self.test(columns.editedAt, test)
        case (.activityAt, let test): return self.test(columns.activeAt, test)
        case (.byteSize, let test): return self.test(columns.byteSize, test)
        default: return { $0.clear() }
        }
    }

    private func not(_ isNegated: Bool, _ test: @escaping Test) -> Test {
        if !isNegated { return test }
        return { mask in
            var found = mask
            test(&found)
            mask.subtract(found)
        }
    }

    private func test(_ column: NumberColumn, _ test: DocumentFilter.Test) -> Test {
        switch test {
        case .isBetween(let least, let most, let isNegated):
            let (least, most) = (least ?? .min, most ?? .max)
            return isNegated
                ? { $0.keep(column.numbers) { $0 < least || $0 > most } } : { $0.keep(column.numbers) { $0 >= least && $0 <= most } }
        case .isEmpty(false): return { _ in }
        default: return { $0.clear() }
        }
    }

    /// - Parameter marks: For each set of tags, whether it is meant.
    private func marked(_ marks: [UInt8], isNegated: Bool) -> Test {
        let marks = isNegated ? marks.map { 1 - $0 } : marks
        let codes = columns.tags.codes
        return { $0.keep(codes, marked: marks) }
    }

    /// - Parameter text: What a value is compared by; nil when it is none.
    private func test<Value>(_ column: CodedColumn<Value>, _ test: DocumentFilter.Test, text: (Value) -> String?) -> Test {
        switch test {
        case .isAmong(let wanted, let isNegated): among(column) { (text($0).map(wanted.contains) ?? false) != isNegated }
        case .isEmpty(let isEmpty): among(column) { (text($0) == nil) == isEmpty }
        default: { $0.clear() }
        }
    }

    /// Asks each different value once.
    private func among<Value>(_ column: CodedColumn<Value>, where holds: (Value) -> Bool) -> Test {
        let marks: [UInt8] = column.values.map { holds($0) ? 1 : 0 }
        return { $0.keep(column.codes, marked: marks) }
    }

    private func test(names pattern: BytePattern) -> Test {
        let (names, head, tail) = (columns.nameKeys, pattern.head, pattern.tail)
        return { mask in
            if head.mask != 0 { mask.keep(names.heads.numbers) { ($0 ^ head.bits) & head.mask == 0 } }
            if tail.mask != 0 { mask.keep(names.tails) { ($0 ^ tail.bits) & tail.mask == 0 } }
            if pattern.isDecidedByEdges || mask.isNone { return }
            names.withReader { names in mask.keep { pattern.matches(names[$0]) } }
        }
    }

    private func test(names wanted: [String]) -> Test {
        if wanted.count == 1 { return test(names: BytePattern(literal: wanted[0])) }
        let names = columns.nameKeys
        let wanted = Set(wanted.map { Array($0.utf8) })
        let heads = Set(wanted.map { TextColumn.head($0) })
        return { mask in
            mask.keep(names.heads.numbers) { heads.contains($0) }
            names.withReader { names in mask.keep { wanted.contains(Array(names[$0])) } }
        }
    }

    /// Whether a word is found in the name or a tag, or at the beginning of the identifier.
    private func test(token: String) -> Test {
        let (part, start) = (BytePattern.holding(token), Array(token.utf8))
        let tagged = columns.tags.marks { Array($0.utf8).withUnsafeBufferPointer(part.matches) }
        let (names, ids, codes) = (columns.nameKeys, columns.ids, columns.tags.codes)
        return { mask in
            names.withReader { names in
                ids.withReader { ids in
                    codes.withUnsafeBufferPointer { tags in
                        mask.keep { part.matches(names[$0]) || tagged[Int(tags[$0])] == 1 || Self.begins(ids[$0], start) }
                    }
                }
            }
        }
    }

    /// Whether an identifier, which may have capital letters, begins with a word, which has none.
    private static func begins(_ id: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
        id.count >= word.count && zip(id, word).allSatisfy { byte, wanted in (0x41...0x5A ~= byte ? byte | 0x20 : byte) == wanted }
    }
}
