/// Decides which visual rows of a table make one row: the lines of a cell that wraps.
struct RowMerger {
    let words: [Word]
    let composer: TextComposer
    let edges: [Float]
    let rules: [Float]

    /// - Returns: Ranges of rows, from the top, that cover all of them.
    func bands(of rows: [TableRow]) -> [Range<Int>] {
        guard let first = rows.first else { return [] }
        var bands: [Range<Int>] = []
        var start = 0
        let usual = usualPitch(rows)
        var filled = columns(first)
        for index in rows.indices.dropFirst() {
            let own = columns(rows[index])
            if continues(rows[index], own, after: rows[index - 1], filled, usual: usual) {
                filled.formUnion(own)
            } else {
                bands.append(start..<index)
                start = index
                filled = own
            }
        }
        bands.append(start..<rows.count)
        return bands
    }

    private func columns(_ row: TableRow) -> Set<Int> {
        Set(row.chunks.map { AlignedTableBuilder.column(of: $0.box.midX, in: edges) })
    }

    /// Whether a chunk goes on in lower case, as a wrapped line of words does.
    private func beginsLowercase(_ row: TableRow) -> Bool {
        row.chunks.contains { chunk in
            guard let word = chunk.words.first, let glyph = words[Int(word)].glyphs.first else { return false }
            return composer.glyphs[glyph].scalar.properties.isLowercase
        }
    }

    /// The usual distance between baselines of neighbouring rows.
    private func usualPitch(_ rows: [TableRow]) -> Float {
        let pitches = zip(rows, rows.dropFirst()).map { $0.baseline - $1.baseline }.sorted()
        return pitches.isEmpty ? 0 : pitches[pitches.count / 2]
    }

    /// A row goes on with the one above when no ruling is between, it stands close to it, and it fills only columns which that one fills,
    /// not the first.
    private func continues(_ row: TableRow, _ own: Set<Int>, after previous: TableRow, _ filled: Set<Int>, usual: Float) -> Bool {
        guard !rules.contains(where: { $0 < previous.baseline && $0 > row.baseline }) else { return false }
        let pitch = previous.baseline - row.baseline
        guard pitch < 1.5 * row.size, own.isSubset(of: filled) else { return false }
        let isTight = pitch < 0.85 * usual
        if own.contains(0) {
            // The first column wraps: only when its line stands clearly closer than rows do, or begins in lower case further in.
            return isTight && own.count < max(filled.count, 2)
        }
        if own.count * 2 <= max(filled.count, 1) || isTight { return true }
        return beginsLowercase(row)
    }
}
