/// Finds glyphs that are drawn twice at almost the same place.
///
/// A hash table over cells of the page, open addressing: one probe or two a glyph, no allocation a glyph.
struct DuplicateFilter {
    private struct Entry {
        var key: UInt64 = 0
        var glyph: Int32 = -1
        var object: Int32 = 0
    }

    private var entries: [Entry] = []
    private var mask = 0
    private static let cell: Float = 4

    mutating func reserve(_ count: Int) {
        var capacity = 64
        while capacity < count * 2 { capacity *= 2 }
        entries = [Entry](repeating: Entry(), count: capacity)
        mask = capacity - 1
    }

    /// The index of a glyph that is this one again, from another text object; notes this glyph as the next one of `glyphs` if there is none.
    ///
    /// Twice the same within one object is a doubled letter squeezed together or one half of a ligature, never a duplicate.
    mutating func earlier(like glyph: Glyph, object: Int32, in glyphs: [Glyph]) -> Int? {
        guard mask > 0 else { return nil }
        let tolerance = min(0.12 * glyph.size, Self.cell / 2)
        let (column, nextColumn) = Self.cells(at: glyph.box.x0, tolerance)
        let (row, nextRow) = Self.cells(at: glyph.box.y0, tolerance)
        for corner in 0..<4 {
            if corner & 1 != 0 && nextColumn == column || corner & 2 != 0 && nextRow == row { continue }
            let key = key(glyph.scalar, corner & 1 == 0 ? column : nextColumn, corner & 2 == 0 ? row : nextRow)
            var slot = slot(key)
            while entries[slot].glyph >= 0 {
                if entries[slot].key == key, entries[slot].object != object {
                    let other = glyphs[Int(entries[slot].glyph)]
                    if abs(other.box.x0 - glyph.box.x0) <= tolerance, abs(other.box.y0 - glyph.box.y0) <= tolerance,
                        abs(other.size - glyph.size) <= 0.1 * glyph.size
                    {
                        return Int(entries[slot].glyph)
                    }
                }
                slot = (slot + 1) & mask
            }
        }
        let key = key(glyph.scalar, column, row)
        var slot = slot(key)
        while entries[slot].glyph >= 0 { slot = (slot + 1) & mask }
        entries[slot] = Entry(key: key, glyph: Int32(clamping: glyphs.count), object: object)
        return nil
    }

    /// The cell of a coordinate, and its neighbour where that is within the tolerance, which is at most half a cell; else the same again.
    private static func cells(at coordinate: Float, _ tolerance: Float) -> (Int, Int) {
        let place = coordinate * (1 / cell)
        // Rounding down by the processor's own instruction, which knows one way only.
        let index = place < 0 ? Int(place) - 1 : Int(place)
        let offset = (place - Float(index)) * cell
        // A little more than the tolerance, for what rounding takes.
        guard min(offset, cell - offset) <= tolerance + 0.01 else { return (index, index) }
        return (index, offset < cell / 2 ? index - 1 : index + 1)
    }

    private func key(_ scalar: Unicode.Scalar, _ column: Int, _ row: Int) -> UInt64 {
        UInt64(scalar.value) << 40 | UInt64(UInt32(truncatingIfNeeded: column) & 0xFFFFF) << 20
            | UInt64(UInt32(truncatingIfNeeded: row) & 0xFFFFF)
    }

    private func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    }
}
