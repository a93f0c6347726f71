/// Decides whether a page's structure is to be believed: many programs write one, and some of them write nonsense.
enum StructureTrust {
    /// How much of the text must belong to an element, in hundredths; what is no content counts for nothing.
    private static let coverageMin = 90
    /// A page mostly of headings is none, unless it has hardly any text.
    private static let headingsMax = 50
    private static let headingsLettersMin = 200
    /// One element that holds most of a full page parts nothing.
    private static let blockMax = 70
    private static let blockLettersMin = 800
    /// Of elements that follow each other in a column, so many may stand above their predecessor, in hundredths.
    private static let upwardsMax = 20

    /// Keeps the structure with the page and puts the glyphs into its order; or forgets which elements they belong to.
    static func apply(_ structure: PageStructure, to content: inout PageContent) {
        let blocks = Blocks(content.glyphs, count: structure.elements.count)
        guard isTrusted(structure, blocks) else {
            for index in content.glyphs.indices { content.glyphs[index].element = 0 }
            return
        }
        content.structure = structure
        sort(&content.glyphs)
        // The cells of what is no table lie as they lie.
        let loose = looseElements(structure, blocks, isRightToLeft: content.isMostlyRightToLeft)
        if loose.isEmpty { return }
        for index in content.glyphs.indices where loose.contains(content.glyphs[index].element) { content.glyphs[index].element = 0 }
    }

    private static func looseElements(_ structure: PageStructure, _ blocks: Blocks, isRightToLeft: Bool) -> Set<UInt16> {
        var elements = structure.tables.map { Array(repeating: 0, count: $0.cells.count) }
        for (index, element) in structure.elements.enumerated() {
            if case .cell(let table, let cell) = element.role { elements[table][cell] = index }
        }
        var loose: Set<UInt16> = []
        for (table, cells) in zip(structure.tables, elements) {
            let trust = TableTrust(
                table: table, letters: cells.map { blocks.letters[$0] }, boxes: cells.map { blocks.boxes[$0] }, isRightToLeft: isRightToLeft
            )
            if !trust.isTable { loose.formUnion(cells.map { UInt16($0 + 1) }) }
        }
        return loose
    }

    /// How many letters each element has, and where they are; the last of them is what belongs to none.
    private struct Blocks {
        var letters: [Int]
        var boxes: [Box]
        var loose = 0

        init(_ glyphs: [Glyph], count: Int) {
            letters = Array(repeating: 0, count: count)
            boxes = Array(repeating: .empty, count: count)
            for glyph in glyphs where !glyph.flags.contains(.space) && glyph.element != Glyph.artifact {
                let index = Int(glyph.element) - 1
                guard letters.indices.contains(index) else {
                    loose += 1
                    continue
                }
                letters[index] += 1
                boxes[index].formUnion(glyph.box)
            }
        }
    }

    private static func isTrusted(_ structure: PageStructure, _ blocks: Blocks) -> Bool {
        let tagged = blocks.letters.reduce(0, +)
        guard tagged > 0, tagged * 100 >= (tagged + blocks.loose) * coverageMin else { return false }
        var headings = 0
        for (element, letters) in zip(structure.elements, blocks.letters) {
            if case .heading = element.role { headings += letters }
            if letters > blockLettersMin, letters * 100 > tagged * blockMax { return false }
        }
        if tagged > headingsLettersMin, headings * 100 > tagged * headingsMax { return false }
        return isInOrder(structure, blocks)
    }

    private static func isInOrder(_ structure: PageStructure, _ blocks: Blocks) -> Bool {
        let filled = blocks.boxes.indices.filter { index in
            guard blocks.letters[index] > 0 else { return false }
            if case .cell = structure.elements[index].role { return false }
            return true
        }
        var pairs = 0
        var upwards = 0
        for (first, second) in zip(filled, filled.dropFirst()) {
            let (upper, lower) = (blocks.boxes[first], blocks.boxes[second])
            guard upper.overlapX(lower) > 0.5 * min(upper.width, lower.width) else { continue }
            pairs += 1
            if lower.y0 >= upper.y1 { upwards += 1 }
        }
        return upwards * 100 <= pairs * upwardsMax
    }

    /// Into the order of the elements; glyphs of none stay behind the one they were drawn after.
    private static func sort(_ glyphs: inout [Glyph]) {
        var keys: [UInt16] = []
        keys.reserveCapacity(glyphs.count)
        var last: UInt16 = 0
        var isSorted = true
        for glyph in glyphs {
            let key = glyph.element == 0 || glyph.element == Glyph.artifact ? last : glyph.element
            if key < last { isSorted = false }
            keys.append(key)
            last = key
        }
        if isSorted { return }
        let order = glyphs.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }
        glyphs = order.map { glyphs[$0] }
    }
}

extension PageContent {
    fileprivate var isMostlyRightToLeft: Bool { glyphs.count { Script.isRightToLeft($0.scalar) } * 2 > glyphs.count }
}
