extension PageLayout {
    /// Takes lines whose text and page number a row of dots joins out of the running text and makes tables of contents of them.
    mutating func takeContents() {
        guard lines.count >= 3 else { return }
        var taken = Set<Int>()
        var index = 0
        while index < lines.count {
            guard ContentsEntry(lines[index].text) != nil else {
                index += 1
                continue
            }
            // One line without dots may come between: a title that wraps.
            var end = index
            var next = index + 1
            while next < lines.count, next - end <= 2 {
                if ContentsEntry(lines[next].text) != nil { end = next }
                next += 1
            }
            if let table = Self.contents(lines[index...end]) {
                tables.append(table)
                taken.formUnion(index...end)
            }
            index = end + 1
        }
        guard !taken.isEmpty else { return }
        lines = lines.indices.filter { !taken.contains($0) }.map { lines[$0] }
    }

    private static func contents(_ lines: ArraySlice<LayoutLine>) -> LayoutTable? {
        var cells: [LayoutTable.Cell] = []
        var box = Box.empty
        var pending = ""
        var row = 0
        for line in lines {
            box.formUnion(line.box)
            guard let entry = ContentsEntry(line.text) else {
                BlockText.append(line.text, to: &pending)
                continue
            }
            var text = pending
            BlockText.append(entry.text, to: &text)
            pending = ""
            var left = line.box
            left.x1 = max(left.x0, left.x1 - 2 * line.size)
            cells.append(LayoutTable.Cell(text: text, row: row, column: 0, box: left))
            cells.append(
                LayoutTable.Cell(text: entry.page, row: row, column: 1, box: Box(x0: left.x1, y0: left.y0, x1: line.box.x1, y1: left.y1)))
            row += 1
        }
        guard row >= 3, let order = lines.first?.order else { return nil }
        return LayoutTable(box: box, rows: row, columns: 2, cells: cells, order: order, isIndex: true)
    }
}

/// A line of a table of contents: text, dots, page number.
struct ContentsEntry {
    /// With its dots, as the page has it.
    var text: String
    var page: String

    private static let minDots = 4

    init?(_ line: String) {
        guard let space = line.utf8.lastIndex(where: { $0 == 0x20 || $0 == 0x2E }) else { return nil }
        let number = line[line.utf8.index(after: space)...]
        guard !number.isEmpty, number.utf8.count <= 5,
            number.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) || number.utf8.allSatisfy({ "ivxlcIVXLC".utf8.contains($0) })
        else { return nil }
        var text = line[...space]
        while text.utf8.last == 0x20 { text = text.dropLast() }
        let dots = text.utf8.reversed().prefix { $0 == 0x2E || $0 == 0x20 }.count { $0 == 0x2E }
        guard dots >= Self.minDots, text.utf8.count > dots * 2 || text.utf8.contains(where: { $0 != 0x2E && $0 != 0x20 }) else {
            return nil
        }
        self.text = String(text)
        page = String(number)
    }
}
