/// A visual row of a table region: words on one baseline, parted into chunks at wide gaps.
struct TableRow {
    struct Chunk {
        var box: Box
        /// Indices into the page's words, from the left.
        var words: [Int32]
    }

    var baseline: Float
    var box: Box
    var size: Float
    var chunks: [Chunk]

    /// A gap of this many ems parts two cells.
    static let gap: Float = 0.75

    /// - Parameter indices: The words of the region in any order.
    /// - Returns: The rows from the top.
    static func rows(of indices: [Int32], words: [Word]) -> [TableRow] {
        let sorted = indices.sorted {
            words[Int($0)].box.midY == words[Int($1)].box.midY ? $0 < $1 : words[Int($0)].box.midY > words[Int($1)].box.midY
        }
        var groups: [(y0: Float, y1: Float, words: [Int32])] = []
        for index in sorted {
            let box = words[Int(index)].box
            if let last = groups.last, min(last.y1, box.y1) - max(last.y0, box.y0) > 0.5 * min(box.height, last.y1 - last.y0) {
                groups[groups.count - 1].words.append(index)
                // Keep the extent of the taller words: raised marks do not stretch a row.
                if box.height > last.y1 - last.y0 { (groups[groups.count - 1].y0, groups[groups.count - 1].y1) = (box.y0, box.y1) }
            } else {
                groups.append((box.y0, box.y1, [index]))
            }
        }
        return groups.map { row($0.words, words) }
    }

    private static func row(_ indices: [Int32], _ words: [Word]) -> TableRow {
        let sorted = indices.sorted {
            words[Int($0)].box.x0 == words[Int($1)].box.x0 ? $0 < $1 : words[Int($0)].box.x0 < words[Int($1)].box.x0
        }
        var row = TableRow(baseline: 0, box: .empty, size: 0, chunks: [])
        for index in sorted {
            let word = words[Int(index)]
            if word.size > row.size {
                row.size = word.size
                row.baseline = word.baseline
            }
            row.box.formUnion(word.box)
            if let last = row.chunks.last, word.box.x0 - last.box.x1 <= gap * word.size {
                row.chunks[row.chunks.count - 1].words.append(index)
                row.chunks[row.chunks.count - 1].box.formUnion(word.box)
            } else {
                row.chunks.append(Chunk(box: word.box, words: [index]))
            }
        }
        return row
    }
}
