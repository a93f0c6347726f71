import DoclingDocument
import Testing

@testable import ColophonLayout

@Suite struct TableTests {
    @Test func `lines around cells make a table`() {
        var page = SyntheticPage()
        page.grid(xs: [50, 150, 250], ys: [700, 680, 660, 640])
        for (row, texts) in [["Name", "Value"], ["one", "1"], ["two", "2"]].enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 55 + Float(column) * 100, y: 686 - Float(row) * 20) }
        }
        let document = page.document
        #expect(document.rows(ofTable: 0) == [["Name", "Value"], ["one", "1"], ["two", "2"]])
        #expect(document.texts.isEmpty)
        #expect(document.tables.first?.prov.first?.bbox.origin == .bottomLeft)
    }

    @Test func `a missing piece of line joins cells into a span`() throws {
        var page = SyntheticPage()
        for y in [700, 680, 660] as [Float] { page.horizontal(y, from: 50, to: 250) }
        for x in [50, 250] as [Float] { page.vertical(x, from: 660, to: 700) }
        page.vertical(150, from: 660, to: 680)
        page.text("Head over both", x: 110, y: 686)
        page.text("left", x: 55, y: 666)
        page.text("right", x: 155, y: 666)
        let table = try #require(page.document.tables.first)
        #expect(table.data.cells.map(\.text) == ["Head over both", "left", "right"])
        #expect(table.data.cells.first?.columnSpan == 2)
    }

    @Test(
        arguments: [
            ([50, 150, 250, 350], [680, 660]), ([150, 250], [700, 680, 660, 640]),
        ] as [([Float], [Float])])
    func `a table that is open at two sides has its outermost rows and columns`(verticals: [Float], horizontals: [Float]) {
        var page = SyntheticPage()
        for x in verticals { page.vertical(x, from: 640, to: 700) }
        for y in horizontals { page.horizontal(y, from: 50, to: 350) }
        let rows = [["Name", "2004", "2005"], ["one", "1", "2"], ["two", "3", "4"]]
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 55 + Float(column) * 100, y: 686 - Float(row) * 20) }
        }
        #expect(page.document.rows(ofTable: 0) == rows && page.document.texts.isEmpty)
    }

    @Test func `a cell that wraps keeps its lines together`() {
        var page = SyntheticPage()
        page.grid(xs: [50, 200, 300], ys: [700, 655, 635])
        page.lines(["a cell that", "needs three", "lines of text"], x: 55, y: 688)
        page.text("12", x: 210, y: 688)
        page.text("short", x: 55, y: 641)
        page.text("34", x: 210, y: 641)
        #expect(page.document.rows(ofTable: 0) == [["a cell that needs three lines of text", "12"], ["short", "34"]])
    }

    @Test func `numbers in columns are a table without any line`() {
        var page = SyntheticPage()
        let rows = [
            ["Country", "2004", "2005", "2006"], ["Austria", "12.5", "13.1", "14.0"], ["Belgium", "7.2", "7.9", "8.4"],
            ["Finland", "3.3", "3.1", "2.9"],
        ]
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 50 + Float(column) * 80, y: 700 - Float(row) * 14) }
        }
        #expect(page.document.rows(ofTable: 0) == rows)
    }

    @Test func `rules above and below make a table of short texts`() {
        var page = SyntheticPage()
        for y in [712, 696, 660] as [Float] { page.horizontal(y, from: 45, to: 300) }
        let rows = [["Fruit", "Colour"], ["apple", "green"], ["plum", "blue"]]
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 50 + Float(column) * 120, y: 700 - Float(row) * 15) }
        }
        #expect(page.document.rows(ofTable: 0) == rows)
    }

    @Test func `two columns of prose are no table`() {
        var page = SyntheticPage()
        for row in 0..<20 {
            page.text("some words in the left column of it \(row)", x: 40, y: 700 - Float(row) * 13)
            page.text("and more words in the right column \(row)", x: 320, y: 700 - Float(row) * 13)
        }
        #expect(page.document.tables.isEmpty)
    }

    @Test func `a frame around a paragraph is no table`() {
        var page = SyntheticPage()
        page.grid(xs: [40, 400], ys: [720, 640])
        page.lines(["A notice stands in a frame of its own", "and goes on for two lines."], x: 50, y: 700)
        let document = page.document
        #expect(document.tables.isEmpty)
        #expect(document.texts(.text).count == 1)
    }

    @Test func `text with dots and page numbers is a table of contents`() {
        var page = SyntheticPage()
        page.lines(["Introduction ........ 1", "Methods ........ 12", "Results ........ 120"], x: 50, y: 700)
        let document = page.document
        #expect(document.tables.map(\.label) == [.documentIndex])
        #expect(document.rows(ofTable: 0).map { $0.last } == ["1", "12", "120"])
    }

    @Test func `many crossing lines end in time and within bounds`() {
        var page = SyntheticPage()
        page.grid(xs: (0..<150).map { Float($0) * 4 }, ys: (0..<190).map { Float($0) * 4 })
        page.text("alone in the grid", x: 100, y: 400)
        #expect(page.document.tables.isEmpty)
        #expect(page.document.texts.contains { $0.text.contains("alone") })
    }

    @Test func `columns of a right-to-left table count from the right`() {
        var page = SyntheticPage()
        page.grid(xs: [50, 150, 250], ys: [700, 680, 660])
        for (row, texts) in [["\u{5D0}", "\u{5D1}"], ["\u{5D2}", "\u{5D3}"]].enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 55 + Float(column) * 100, y: 686 - Float(row) * 20) }
        }
        #expect(page.document.rows(ofTable: 0) == [["\u{5D1}", "\u{5D0}"], ["\u{5D3}", "\u{5D2}"]])
    }

    @Test func `the grid behind a chart is no table, its labels belong to the picture`() throws {
        var page = SyntheticPage()
        page.grid(xs: [100, 150, 200, 250, 300], ys: [600, 570, 540, 510])
        page.content.drawings = [Drawing(box: Box(x0: 100, y0: 515, x1: 300, y1: 595), edges: 40)]
        page.text("peak", x: 160, y: 580)
        page.lines(["A text below the chart that goes on for some time and", "then ends at last."], x: 50, y: 400)
        let document = page.document
        #expect(document.tables.isEmpty)
        let picture = try #require(document.pictures.first)
        #expect(document.texts.first { $0.text == "peak" }?.parent?.pointer == picture.selfRef)
    }

    @Test func `a caption is bound to its table, not to the picture beside it`() throws {
        var page = SyntheticPage()
        page.content.images = [Box(x0: 50, y0: 715, x1: 250, y1: 790)]
        page.text("Table 1: Two things", x: 50, y: 703)
        page.grid(xs: [50, 150, 250], ys: [695, 675, 655])
        for (row, texts) in [["Name", "Value"], ["one", "1"]].enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: 55 + Float(column) * 100, y: 681 - Float(row) * 20) }
        }
        page.lines(["Running text below it that goes on for some", "time and then ends."], x: 50, y: 600)
        let document = page.document
        let caption = try #require(document.tables.first?.captions.first)
        #expect(document.texts.first { $0.selfRef == caption.pointer }?.text == "Table 1: Two things")
        #expect(document.pictures.first?.captions.isEmpty == true)
    }

    @Test(arguments: [
        (["Country", "2004"], ["Austria", "12.5"], true), (["Austria", "12.5"], ["Belgium", "7"], false), (["a", "b"], ["c", "d"], false),
    ])
    func `a first row of words or years above numbers is the head`(first: [String], second: [String], isHead: Bool) {
        let cells = [first, second].enumerated().flatMap { row, texts in
            texts.enumerated().map { LayoutTable.Cell(text: $1, row: row, column: $0, box: .empty) }
        }
        let table = LayoutTable(box: .empty, rows: 2, columns: 2, cells: cells, order: 0).withHead()
        #expect(table.cells.map(\.isHeader) == [isHead, isHead, false, false])
    }
}
