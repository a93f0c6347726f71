import DoclingDocument

@testable import ColophonLayout

/// A page put together without PDFium: every character is half an em wide.
struct SyntheticPage {
    var content = PageContent(width: 600, height: 800)

    /// Draws a text from a point on its baseline; spaces are drawn as such.
    mutating func text(
        _ text: String, x: Float, y: Float, size: Float = 10, style: Glyph.Flags = [], spaces: Bool = true, direction: UInt8 = 0
    ) {
        var x = x
        for scalar in text.unicodeScalars {
            defer { x += size / 2 }
            if scalar == " ", !spaces { continue }
            var glyph = Glyph(
                box: Box(x0: x, y0: y - 0.2 * size, x1: x + size / 2, y1: y + 0.8 * size), baseline: y, size: size, scalar: scalar,
                flags: style, direction: direction)
            if scalar == " " { glyph.flags.insert(.space) }
            content.glyphs.append(glyph)
        }
    }

    mutating func lines(_ lines: [String], x: Float, y: Float, size: Float = 10, leading: Float = 13, style: Glyph.Flags = []) {
        for (index, line) in lines.enumerated() { text(line, x: x, y: y - Float(index) * leading, size: size, style: style) }
    }

    mutating func horizontal(_ y: Float, from start: Float, to end: Float) {
        content.rulings.append(Ruling(isHorizontal: true, position: y, start: start, end: end))
    }

    mutating func vertical(_ x: Float, from start: Float, to end: Float) {
        content.rulings.append(Ruling(isHorizontal: false, position: x, start: start, end: end))
    }

    mutating func grid(xs: [Float], ys: [Float]) {
        guard let left = xs.min(), let right = xs.max(), let bottom = ys.min(), let top = ys.max() else { return }
        for x in xs { vertical(x, from: bottom, to: top) }
        for y in ys { horizontal(y, from: left, to: right) }
    }

    var layout: PageLayout { PageAnalyzer().layout(of: content, number: 1) }

    static func document(_ pages: [SyntheticPage]) -> DoclingDocument {
        let layouts = pages.enumerated().map { PageAnalyzer().layout(of: $1.content, number: $0 + 1) }
        var assembler = DocumentAssembler(pages: layouts, name: "test")
        return assembler.assemble()
    }

    var document: DoclingDocument { Self.document([self]) }
}

extension DoclingDocument {
    func texts(_ label: DocItemLabel) -> [String] { texts.filter { $0.label == label }.map(\.text) }

    /// The table's texts by row, spans repeated.
    func rows(ofTable index: Int) -> [[String]] {
        guard tables.indices.contains(index) else { return [] }
        let data = tables[index].data
        var grid = [[String]](repeating: [String](repeating: "", count: data.columnCount), count: data.rowCount)
        for cell in data.cells {
            for row in cell.startRow..<cell.endRow { for column in cell.startColumn..<cell.endColumn { grid[row][column] = cell.text } }
        }
        return grid
    }
}
