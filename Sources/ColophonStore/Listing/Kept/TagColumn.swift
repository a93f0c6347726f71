/// Each slot's tags. There may be as many different sets of tags as slots, so that a set knows its tags by number, and a tag the sets that it is in.
struct TagColumn: Sendable {
    /// A number for each slot's set.
    private var sets = CodedColumn<[UInt32]>()
    private var tags: [String] = []
    private var codeOf: [String: UInt32] = [:]
    /// By the tag's number, the numbers of the sets that hold it.
    private var holders: [[UInt32]] = []

    /// What sets and tags take beside the slots' numbers.
    private var wordBytes = 0

    var byteCount: Int { sets.byteCount + wordBytes }

    mutating func append(_ tags: [String]) { sets.append(set(of: tags)) }

    mutating func replace(_ slot: Int, with tags: [String]) { sets.replace(slot, with: set(of: tags)) }

    subscript(slot: Int) -> [String] { sets[slot].map { tags[Int($0)] } }

    /// The number of each slot's set.
    var codes: [UInt32] { sets.codes }

    /// For each set's number 1 where it holds any of some tags, else 0.
    func marks(where holds: (String) -> Bool) -> [UInt8] { marks(tags.indices.filter { holds(tags[$0]) }) }

    /// As `marks(where:)`, for tags that are named.
    func marks(_ wanted: some Sequence<String>) -> [UInt8] { marks(wanted.compactMap { codeOf[$0].map(Int.init) }) }

    private func marks(_ codes: [Int]) -> [UInt8] {
        var marks = [UInt8](repeating: 0, count: sets.values.count)
        for code in codes { for set in holders[code] { marks[Int(set)] = 1 } }
        return marks
    }

    /// How many slots of some masks have each tag that any has.
    func counts(_ masks: [SlotMask]) -> [(key: String, value: Int)] {
        var counts = [Int](repeating: 0, count: tags.count)
        for (set, count) in sets.counts(masks) { for tag in set { counts[Int(tag)] += count } }
        return zip(tags, counts).filter { $1 > 0 }.map { (key: $0, value: $1) }
    }

    private mutating func set(of tags: [String]) -> [UInt32] {
        let set = tags.map { code(of: $0) }.sorted()
        if sets.note(set) {
            for tag in set { holders[Int(tag)].append(UInt32(sets.values.count - 1)) }
            wordBytes += 32 + 8 * set.count
        }
        return set
    }

    private mutating func code(of tag: String) -> UInt32 {
        if let code = codeOf[tag] { return code }
        let code = UInt32(tags.count)
        tags.append(tag)
        holders.append([])
        codeOf[tag] = code
        wordBytes += 160 + tag.utf8.count
        return code
    }
}
