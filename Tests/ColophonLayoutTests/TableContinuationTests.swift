import DoclingDocument
import Testing

@testable import ColophonLayout

/// Tables over page breaks.
@Suite struct TableContinuationTests {
    /// A page with a ruled table of three columns from a height downwards.
    private func page(
        _ rows: [[String]], top: Float, xs: [Float] = [50, 150, 250, 350], _ more: (inout SyntheticPage) -> Void = { _ in }
    ) -> SyntheticPage {
        var page = SyntheticPage()
        let ys = (0...rows.count).map { top - Float($0) * 20 }
        page.grid(xs: xs, ys: ys)
        for (row, texts) in rows.enumerated() {
            for (column, text) in texts.enumerated() { page.text(text, x: xs[column] + 5, y: ys[row] - 14) }
        }
        more(&page)
        return page
    }

    private static let head = ["Item", "Count", "Price"]
    private static let first = [head, ["bolt", "12", "3.50"], ["nut", "14", "2.50"]]
    private static let second = [["washer", "20", "0.50"], ["spring", "7", "1.25"]]

    private func tables(_ pages: SyntheticPage...) -> [TableItem] { SyntheticPage.document(pages).tables }

    @Test func `a table goes on at the top of the next page, where both pages are its place`() throws {
        let tables = tables(page(Self.first, top: 200), page(Self.second, top: 760))
        let table = try #require(tables.first)
        #expect(tables.count == 1 && table.prov.map(\.pageNumber) == [1, 2] && table.data.rowCount == 5)
        #expect(
            SyntheticPage.document([page(Self.first, top: 200), page(Self.second, top: 760)]).rows(ofTable: 0) == Self.first + Self.second)
        #expect(table.data.cells.filter(\.isColumnHeader).map(\.text) == Self.head)
        // A box alone does not say on which page it is.
        #expect(table.data.cells.map { $0.bbox == nil } == table.data.cells.map { $0.startRow >= 3 })
    }

    @Test func `a head that is repeated on the next page is read once, and three pages make one table`() throws {
        let next = page([Self.head] + Self.second, top: 760)
        let full = page([Self.head] + Array(repeating: ["x", "1", "2"], count: 34), top: 760)
        #expect(tables(page(Self.first, top: 200), next).map(\.data.rowCount) == [5])
        let long = tables(page(Self.first, top: 200), full, next)
        #expect(long.map(\.data.rowCount) == [39] && long.first?.prov.map(\.pageNumber) == [1, 2, 3])
    }

    @Test func `page numbers and running titles do not part a table`() {
        let pages = (0..<4).map { number in
            page(number == 0 ? Self.first : Array(repeating: ["x", "1", "2"], count: 33), top: number == 0 ? 140 : 740) {
                $0.text("A running title of the report", x: 50, y: 780)
                $0.text("\(number + 1)", x: 300, y: 20)
            }
        }
        let document = SyntheticPage.document(pages)
        #expect(document.tables.count == 1 && document.tables.first?.prov.count == 4)
    }

    @Test func `other heads, other columns, text between and room that was left make other tables`() {
        let other = [["Name", "Count", "Price"], ["washer", "20", "0.50"]]
        #expect(tables(page(Self.first, top: 200), page(other, top: 760)).count == 2)
        #expect(tables(page(Self.first, top: 200), page(Self.second, top: 760, xs: [80, 200, 300, 420])).count == 2)
        #expect(tables(page(Self.first, top: 200), page(Self.second.map { Array($0.prefix(2)) }, top: 760, xs: [50, 150, 250])).count == 2)
        #expect(
            tables(page(Self.first, top: 200) { $0.text("A sentence after the table ends it.", x: 50, y: 60) }, page(Self.second, top: 760))
                .count == 2)
        #expect(
            tables(page(Self.first, top: 200), page(Self.second, top: 700) { $0.text("A sentence before the table.", x: 50, y: 740) }).count
                == 2)
        #expect(tables(page(Self.first, top: 760), page(Self.second, top: 760)).count == 2)
        #expect(tables(page(Self.first, top: 200), SyntheticPage(), page(Self.second, top: 760)).count == 2)
    }
}
