import DoclingDocument
import Foundation
import Testing

@Suite struct BuildingTests {
    /// One of everything that the building API makes.
    static func everything() -> DoclingDocument {
        var document = DoclingDocument(
            name: "everything", origin: DocumentOrigin(mimeType: "application/pdf", binaryHash: .max, filename: "everything.pdf"))
        document.addPage(1, size: PageSize(width: 595, height: 842))
        let box = BoundingBox(left: 10, top: 800, right: 200, bottom: 780, origin: .bottomLeft)
        func prov(_ text: String) -> [Provenance] { [Provenance(pageNumber: 1, bbox: box, text: text)] }
        document.addPageHeader("Header", prov: prov("Header"))
        document.addTitle("The_title", prov: prov("The_title"))
        let heading = document.addHeading("Heading", level: 1, prov: prov("Heading"))
        document.addText("Below the heading <1> & ünï", orig: "Be-low", prov: prov("…"), parent: heading)
        document.addText("Bold", formatting: Formatting(bold: true), hyperlink: "https://example.com/a_b")
        let list = document.addList()
        let item = document.addListItem("first", in: list, enumerated: true, prov: prov("first"))
        let inner = document.addList(parent: item)
        document.addListItem("inner", in: inner, marker: "•")
        document.addListItem("second", in: list, enumerated: true)
        let run = document.addInlineGroup()
        document.addText("one", parent: run)
        document.addText("line", parent: run, formatting: Formatting(italic: true))
        let code = document.addCode("let x = 1", language: .swift, prov: prov("let x = 1"))
        document.addCaption("Listing", to: code)
        document.addFormula("a^2", orig: "a2")
        document.addFormula("", orig: "?")
        var cells = [
            TableCell("Both", row: 0, column: 0, columnSpan: 2, bbox: box), TableCell("a|b", row: 1, column: 0),
            TableCell("12", row: 1, column: 1),
        ]
        cells[0].isColumnHeader = true
        cells[1].isRowHeader = true
        let table = document.addTable(TableData(cells: cells, rowCount: 3, columnCount: 2), prov: prov(""))
        document.addCaption("Table 1", to: table, prov: prov("Table 1"))
        document.addFootnote("of the table", to: table)
        let picture = document.addPicture(
            prov: prov(""),
            image: ImageReference(mimeType: "image/png", dpi: 72, size: PageSize(width: 1, height: 1), uri: "data:image/png;base64,AAAA"))
        document.addCaption("Figure 1", to: picture)
        document.pictures[0].meta = ItemMeta(members: ["description": ["text": "A picture."]])
        document.addFootnote("free", prov: prov("free"))
        document.addKeyValues(
            GraphData(
                cells: [.init(label: .key, id: 0, text: "k"), .init(label: .value, id: 1, text: "v", prov: prov("v")[0])],
                links: [.init(label: .toValue, source: 0, target: 1)]))
        document.addForm(GraphData())
        document.addText("on", label: .checkboxSelected)
        document.addPageFooter("1", prov: prov("1"))
        return document
    }

    @Test func `every node names itself, its parent and its children`() throws {
        let document = Self.everything()
        let nodes: [any NodeItem] =
            document.groups + document.texts + document.tables + document.pictures + document.keyValueItems + document.formItems
        #expect(nodes.count == 27)
        for node in nodes {
            #expect(document.node(at: Reference(node.selfRef))?.selfRef == node.selfRef)
            let parent = try #require(node.parent.flatMap(document.node(at:)))
            #expect(parent.children.filter { $0.pointer == node.selfRef }.count == 1)
        }
        #expect(document.body.children.count + nodes.flatMap(\.children).count == nodes.count)
    }

    @Test func `captions and footnotes are bound to their item and are its children`() {
        let document = Self.everything()
        #expect(document.tables[0].captions == Array(document.tables[0].children.prefix(1)))
        #expect(document.tables[0].footnotes == Array(document.tables[0].children.suffix(1)))
        #expect(document.pictures[0].captions == document.pictures[0].children)
    }

    @Test func `headers and footers of pages are furniture`() throws {
        let document = Self.everything()
        #expect(document.texts.filter { $0.contentLayer == .furniture }.map(\.label) == [.pageHeader, .pageFooter])
        #expect(!(try document.markdown().contains("Header")))
    }

    @Test func `a built document says its version, survives JSON and gives the same bytes each time`() throws {
        let document = Self.everything()
        let bytes = try document.jsonBytes()
        #expect(document.version == "1.9.0")
        #expect(try DoclingDocument(json: bytes).jsonBytes() == bytes)
        #expect(try Self.everything().jsonBytes() == bytes)
    }

    @Test func `the place of a whole text spans its scalars`() {
        let prov = Provenance(pageNumber: 1, bbox: BoundingBox(left: 0, top: 0, right: 0, bottom: 0), text: "e\u{301}😀")
        #expect(prov.charSpan == CharSpan(0, 3))
    }

    @Test func `a rectangle turns over within its page`() {
        let box = BoundingBox(left: 1, top: 90, right: 3, bottom: 80, origin: .bottomLeft).fromTopLeft(pageHeight: 100)
        #expect(box == BoundingBox(left: 1, top: 10, right: 3, bottom: 20))
        #expect(box.fromBottomLeft(pageHeight: 100).top == 90)
    }
}
