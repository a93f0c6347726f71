import DoclingDocument
import Testing

@testable import ColophonFormats

@Suite struct SheetReaderTests {
    private func document(
        _ cells: String, workbook: String = "", parts: [(path: String, xml: String)] = [],
        links: [(id: String, type: String, target: String)] = [], after: String = ""
    ) throws -> DoclingDocument {
        let sheet = (name: "One", state: "visible", xml: "<sheetData>\(cells)</sheetData>\(after)")
        return try read(OfficeFixture.xlsx([sheet], workbook: workbook, links: links, parts: parts), with: SheetReader.document)
    }

    private func texts(_ document: DoclingDocument) -> [[String]] { document.tables.map { $0.data.cells.map(\.text) } }

    @Test func `every kind of value shows as text`() throws {
        let strings = "<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>hint</t></rPh></si></sst>"
        let cells =
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='inlineStr'><is><t>in</t></is></c></row>"
            + "<row r='2'><c r='A2'><v>3.0</v></c><c r='B2'><v>0.30000000000000004</v></c><c r='C2' t='b'><v>1</v></c></row>"
            + "<row r='3'><c r='A3' t='e'><v>#N/A</v></c><c r='B3' t='str'><f>A1</f><v>cached</v></c><c r='C3'><v>-1234567.5</v></c></row>"
        let document = try document(
            cells, parts: [("xl/sharedStrings.xml", strings)], links: [("x", "sharedStrings", "sharedStrings.xml")])
        #expect(texts(document) == [["plain", "rich", "in", "3", "0.3", "TRUE", "#N/A", "cached", "-1234567.5"]])
        #expect(document.officeOutline == ["section sheet: One", "  table 3x3"])
        #expect(document.pages[1]?.size == PageSize(width: 3, height: 3))
        #expect(document.tables[0].data.cells.map(\.isColumnHeader) == (0..<9).map { $0 < 3 })
    }

    @Test func `numbers with the format of a date are dates`() throws {
        let styles = """
            <styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy\\ hh:mm'/><numFmt numFmtId='165' formatCode='[h]:mm'/>
            <numFmt numFmtId='166' formatCode='"days" 0.0'/><numFmt numFmtId='167' formatCode='[Red]General'/></numFmts>
            <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/><xf numFmtId='20'/>
            <xf numFmtId='167'/></cellXfs></styleSheet>
            """
        let values = [
            (1, "45306"), (2, "45306.4375"), (3, "1.5"), (4, "2.5"), (5, "0.75"), (6, "7"), (1, "59"), (1, "61"), (1, "-1"), (9, "5"),
        ]
        let cells = values.map { "<c s='\($0.0)'><v>\($0.1)</v></c>" }.joined()
        let parts = [(path: "xl/styles.xml", xml: styles)]
        let document = try document("<row>\(cells)</row>", parts: parts, links: [("x", "styles", "styles.xml")])
        #expect(
            texts(document) == [
                ["2024-01-15", "2024-01-15T10:30:00", "36:00:00", "2.5", "18:00:00", "7", "1900-02-28", "1900-03-01", "-1", "5"]
            ])
        let later = try self.document(
            "<row><c s='1'><v>0</v></c></row>", workbook: "<workbookPr date1904='1'/>", parts: parts, links: [("x", "styles", "styles.xml")]
        )
        #expect(texts(later) == [["1904-01-01"]])
    }

    @Test func `regions that do not touch are tables of their own`() throws {
        func cell(_ place: String) -> String { "<c r='\(place)' t='str'><v>\(place)</v></c>" }
        let cells = ["A1", "B1", "A2", "D1", "D2", "F5"].map(cell).joined()
        let document = try document("<row>\(cells)</row>")
        #expect(texts(document) == [["A1", "B1", "A2"], ["D1", "D2"], ["F5"]])
        #expect(document.tables[1].prov.first?.bbox == BoundingBox(left: 3, top: 0, right: 4, bottom: 2))
        #expect(document.tables[0].data.rowCount == 2 && document.tables[0].data.columnCount == 2)
    }

    @Test func `merged cells span, and absurd ranges do no harm`() throws {
        let cells = "<row><c r='A1' t='str'><v>a</v></c></row><row><c r='A2' t='str'><v>b</v></c><c r='B2' t='str'><v>c</v></c></row>"
        let merges =
            "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A1:XFD1048576'/><mergeCell ref='C9:A1'/><mergeCell ref='::'/>"
            + "<mergeCell ref='ZZZZ1:A99999999999'/></mergeCells>"
        let document = try document(cells, after: merges)
        #expect(document.tables.map(\.data.cells.count) == [3])
        #expect(document.tables[0].data.cells.map(\.columnSpan) == [2, 1, 1])
    }

    @Test func `hidden sheets are left out`() throws {
        let row = "<sheetData><row><c><v>1</v></c></row></sheetData>"
        let bytes = OfficeFixture.xlsx([("a", "visible", row), ("b", "hidden", row), ("c", "veryHidden", row), ("d", "visible", row)])
        let document = try read(bytes, with: SheetReader.document)
        #expect(document.officeOutline == ["section sheet: a", "  table 1x1", "section sheet: d", "  table 1x1"])
        #expect(document.pages.keys.sorted() == [1, 2])
    }

    @Test func `a table across the whole sheet is too large`() {
        let corners = "<row><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>"
        #expect(throws: Never.self) { try document(corners) }
        let frame =
            (1...2_000).map { "<row><c r='A\($0)'><v>1</v></c></row>" }.joined()
            + "<row>" + String(repeating: "<c><v>1</v></c>", count: 1_000) + "</row>"
        #expect(throws: FormatFailure.self) { try document(frame) }
    }

    @Test func `one long string that many cells share is too large`() {
        let strings = "<sst><si><t>\(String(repeating: "x", count: 1 << 20))</t></si></sst>"
        let cells = "<row>" + String(repeating: "<c t='s'><v>0</v></c>", count: 300) + "</row>"
        #expect(throws: FormatFailure.tooLarge("its text takes more than 256 MiB")) {
            try document(cells, parts: [("xl/sharedStrings.xml", strings)], links: [("x", "sharedStrings", "sharedStrings.xml")])
        }
    }
}
