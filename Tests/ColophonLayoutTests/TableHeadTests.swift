import DoclingDocument
import Testing

@testable import ColophonLayout

/// Heads of several rows, and heads over several columns.
@Suite struct TableHeadTests {
    private func table(_ rows: [[String]], spans: [(row: Int, column: Int, columns: Int)] = []) throws -> [[Bool]] {
        var cells: [LayoutTable.Cell] = []
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() {
                if spans.contains(where: { $0.row == row && column > $0.column && column < $0.column + $0.columns }) { continue }
                var cell = LayoutTable.Cell(text: text, row: row, column: column, box: .empty)
                if let span = spans.first(where: { $0.row == row && $0.column == column }) { cell.columnSpan = span.columns }
                cells.append(cell)
            }
        }
        let columns = try #require(rows.first?.count)
        let table = LayoutTable(box: .empty, rows: rows.count, columns: columns, cells: cells, order: 0).withHead()
        return rows.indices.map { row in table.cells.filter { $0.row == row }.map(\.isHeader) }
    }

    @Test func `the names under a head that spans them are a head too, and no row below`() throws {
        let rows = [["", "Exports", ""], ["Country", "North", "South"], ["Austria", "a lot", "none"], ["Belgium", "12", "13"]]
        let heads = try table(rows, spans: [(0, 1, 2)])
        #expect(heads == [[true, true], [true, true, true], [false, false, false], [false, false, false]])
        #expect(try table(rows) == [[true, true, true], [false, false, false], [false, false, false], [false, false, false]])
    }

    @Test func `a row over the whole table is its title, and the row below decides`() throws {
        let rows = [["Figures of a year", "", ""], ["Country", "2004", "2005"], ["Austria", "12", "13"]]
        #expect(try table(rows, spans: [(0, 0, 3)]) == [[true], [true, true, true], [false, false, false]])
        let bare = [["Figures of a year", "", ""], ["Austria", "12", "13"], ["Belgium", "14", "15"]]
        #expect(try table(bare, spans: [(0, 0, 3)]) == [[false], [false, false, false], [false, false, false]])
    }

    @Test func `a row that holds nothing but its own name is no head`() throws {
        #expect(try table([["Current assets", "", ""], ["Cash", "12", "13"]]) == [[false, false, false], [false, false, false]])
    }

    @Test func `without lines a head is centred over the columns that it names`() throws {
        var page = SyntheticPage()
        // "Exports" and "Imports" stand over two columns each.
        page.text("Exports", x: 205, y: 714)
        page.text("Imports", x: 362, y: 714)
        let rows = [
            ["Country", "North", "South", "East", "West"], ["Austria", "12.5", "13.1", "14.0", "1.0"],
            ["Belgium", "7.2", "7.9", "8.4", "2.0"], ["Finland", "3.3", "3.1", "2.9", "3.0"], ["Greece", "4.3", "5.1", "6.9", "4.0"],
        ]
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() {
                page.text(text, x: 50 + Float(column) * 80 + (column > 0 ? 40 : 0), y: 700 - Float(row) * 14)
            }
        }
        let data = try #require(page.document.tables.first).data
        let spans = data.cells.filter { $0.columnSpan > 1 }
        #expect(spans.map(\.text) == ["Exports", "Imports"] && spans.map(\.startColumn) == [1, 3] && spans.map(\.columnSpan) == [2, 2])
        #expect(Set(data.cells.filter(\.isColumnHeader).map(\.startRow)) == [0, 1])
    }

    @Test func `where lines part the columns beside a head it spans those that no line parts`() throws {
        var page = SyntheticPage()
        for y in [700, 660, 640] as [Float] { page.horizontal(y, from: 50, to: 350) }
        page.horizontal(680, from: 150, to: 350)
        for x in [50, 150, 350] as [Float] { page.vertical(x, from: 640, to: 700) }
        page.vertical(250, from: 640, to: 680)
        page.text("Name", x: 60, y: 676)
        page.text("Both", x: 190, y: 686)
        page.text("left", x: 160, y: 666)
        page.text("right", x: 260, y: 666)
        page.text("one", x: 60, y: 646)
        page.text("1", x: 160, y: 646)
        page.text("2", x: 260, y: 646)
        #expect(page.document.rows(ofTable: 0) == [["Name", "Both", "Both"], ["Name", "left", "right"], ["one", "1", "2"]])
    }
}
