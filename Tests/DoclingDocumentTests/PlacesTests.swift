import DoclingDocument
import Testing

/// Where items lie on a page, for whoever draws over its image.
@Suite struct PlacesTests {
    private func prov(_ page: Int, _ box: BoundingBox, _ span: CharSpan = CharSpan(0, 0)) -> Provenance {
        Provenance(pageNumber: page, bbox: box, charSpan: span)
    }

    private let high = BoundingBox(left: 72, top: 700, right: 300, bottom: 680, origin: .bottomLeft)
    private let low = BoundingBox(left: 72, top: 100, right: 300, bottom: 80, origin: .bottomLeft)

    private func document() -> DoclingDocument {
        var document = DoclingDocument(name: "x")
        for number in 1...2 { document.addPage(number, size: PageSize(width: 600, height: 800)) }
        return document
    }

    @Test func `items of every kind are found in reading order, from the top left corner`() throws {
        var document = document()
        document.addTable(
            TableData(cells: [TableCell("Lantern", row: 0, column: 0), TableCell("12", row: 0, column: 1)], rowCount: 1, columnCount: 2),
            prov: [prov(1, low)])
        document.addHeading("Harbour", level: 1, prov: [prov(1, high)])
        document.addText("Page 1", label: .pageFooter, prov: [prov(1, low)], layer: .furniture)
        document.addText("Elsewhere", prov: [prov(2, high)])
        document.addText("Nowhere")
        let places = try document.places(pageNumber: 1, textCharactersMax: 100, limit: 10)
        #expect(places.map(\.label) == [.table, .sectionHeader, .pageFooter])
        #expect(places.map(\.text) == ["Lantern 12", "Harbour", "Page 1"])
        #expect(places.map(\.selfRef) == ["#/tables/0", "#/texts/0", "#/texts/1"])
        #expect(places[1].box == BoundingBox(left: 72, top: 100, right: 300, bottom: 120))
        #expect(try document.places(pageNumber: 2, textCharactersMax: 100, limit: 10).map(\.text) == ["Elsewhere"])
        #expect(try document.places(pageNumber: 3, textCharactersMax: 100, limit: 10).isEmpty)
    }

    @Test func `a text over several places has in each what lies there`() throws {
        var document = document()
        document.addText(
            "Copper and vellum",
            prov: [prov(1, low, CharSpan(0, 6)), prov(1, high, CharSpan(7, 10)), prov(2, high, CharSpan(11, 17))])
        #expect(try document.places(pageNumber: 1, textCharactersMax: 100, limit: 10).map(\.text) == ["Copper", "and"])
        #expect(try document.places(pageNumber: 2, textCharactersMax: 3, limit: 10).map(\.text) == ["vel"])
    }

    @Test func `bounds hold, and what a stranger wrote does not trap`() throws {
        var document = document()
        for _ in 0..<5 { document.addText(String(repeating: "ab", count: 300), prov: [prov(1, low)]) }
        let places = try document.places(pageNumber: 1, textCharactersMax: 200, limit: 3)
        #expect(places.count == 3 && places.allSatisfy { $0.text.count == 200 })

        document = self.document()
        let spans = [CharSpan(.min, .max), CharSpan(5, 2), CharSpan(.max, .max), CharSpan(-3, 1)]
        document.addText("abc", prov: spans.map { prov(1, high, $0) })
        document.addText("no box", prov: [prov(1, BoundingBox(left: .nan, top: 0, right: .infinity, bottom: 1))])
        #expect(try document.places(pageNumber: 1, textCharactersMax: 200, limit: 10).map(\.text) == ["abc", "", "", "a"])
    }
}
