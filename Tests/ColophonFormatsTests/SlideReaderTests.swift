import DoclingDocument
import Testing

@testable import ColophonFormats

@Suite struct SlideReaderTests {
    private func shape(_ paragraphs: String, y: Int? = nil, x: Int = 0, placeholder: String = "", style: String = "") -> String {
        let place = y.map { "<a:xfrm><a:off x='\(x)' y='\($0)'/><a:ext cx='10' cy='10'/></a:xfrm>" } ?? ""
        return "<p:sp><p:nvSpPr><p:nvPr>\(placeholder)</p:nvPr></p:nvSpPr><p:spPr>\(place)</p:spPr>"
            + "<p:txBody><a:lstStyle>\(style)</a:lstStyle>\(paragraphs)</p:txBody></p:sp>"
    }

    private func text(_ text: String, _ properties: String = "") -> String { "<a:p>\(properties)<a:r><a:t>\(text)</a:t></a:r></a:p>" }

    private func document(
        _ slides: [String], parts: [(path: String, xml: String)] = [], links: [(id: String, type: String, target: String)] = []
    ) throws -> DoclingDocument {
        try read(OfficeFixture.pptx(slides, parts: parts, slideLinks: links), with: SlideReader.document)
    }

    @Test func `each slide is a page and a group of its shapes from top to bottom`() throws {
        let slide =
            shape(text("low"), y: 300_000) + shape(text("right"), y: 100_010, x: 50) + shape(text("left"), y: 100_020, x: 10)
            + shape(text("Title") + text("two"), y: 0, placeholder: "<p:ph type='title'/>")
            + "<p:pic><p:spPr><a:xfrm><a:off x='1' y='200000'/><a:ext cx='3' cy='4'/></a:xfrm></p:spPr></p:pic>"
        let document = try document([slide, shape(text("Sub"), placeholder: "<p:ph type='subTitle'/>")])
        #expect(
            document.officeOutline == [
                "chapter slide-0", "  title: Title two", "  paragraph: left", "  paragraph: right", "  picture", "  paragraph: low",
                "chapter slide-1", "  section_header 1: Sub",
            ])
        #expect(document.pages.keys.sorted() == [1, 2] && document.pages[1]?.size == PageSize(width: 1_000, height: 500))
        #expect(document.pictures[0].prov.first?.bbox == BoundingBox(left: 1, top: 200_000, right: 4, bottom: 200_004))
    }

    @Test func `lists nest by level and take their bullets from shape, layout and master`() throws {
        let master = OfficeFixture.slide(
            shape("", y: 7, placeholder: "<p:ph type='body' idx='1'/>"), root: "sldMaster",
            after: "<p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char='•'/></a:lvl1pPr></p:bodyStyle></p:txStyles>")
        let layout = OfficeFixture.slide(
            shape("", placeholder: "<p:ph idx='4'/>", style: "<a:lvl2pPr><a:buAutoNum type='alphaLcParenR' startAt='2'/></a:lvl2pPr>"),
            root: "sldLayout")
        let body = shape(
            text("a") + text("b", "<a:pPr lvl='1'/>") + text("c", "<a:pPr lvl='1'/>") + text("d") + text("e", "<a:pPr><a:buNone/></a:pPr>")
                + "<a:p/>",
            placeholder: "<p:ph idx='4'/>")
        let document = try document(
            [body],
            parts: [
                ("ppt/slideLayouts/l.xml", layout), ("ppt/slideMasters/m.xml", master),
                ("ppt/slideLayouts/_rels/l.xml.rels", OfficeFixture.links([("m", "slideMaster", "../slideMasters/m.xml")])),
            ], links: [("l", "slideLayout", "../slideLayouts/l.xml")])
        #expect(
            document.officeOutline == [
                "chapter slide-0", "  list list", "    list_item: a", "      list list", "        list_item b): b",
                "        list_item c): c",
                "    list_item: d", "  paragraph: e",
            ])
        // Where the master puts it.
        #expect(document.texts[0].prov.first?.bbox.top == 7)
    }

    @Test func `tables keep their spans`() throws {
        func cell(_ text: String, _ attributes: String = "") -> String {
            "<a:tc \(attributes)><a:txBody>\(self.text(text))</a:txBody></a:tc>"
        }
        let slide =
            "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>\(cell("a", "gridSpan='2'"))\(cell("", "hMerge='1'"))</a:tr>"
            + "<a:tr>\(cell("b", "rowSpan='99'"))\(cell("c"))</a:tr>"
            + "<a:tr>\(cell("", "vMerge='1'"))\(cell("d"))</a:tr></a:tbl></a:graphicData></a:graphic>"
            + "</p:graphicFrame>"
        let document = try document([slide])
        #expect(document.officeOutline == ["chapter slide-0", "  table 3x2"])
        let cells = document.tables[0].data.cells
        #expect(
            cells.map(\.text) == ["a", "b", "c", "d"] && cells.map(\.columnSpan) == [2, 1, 1, 1] && cells.map(\.rowSpan) == [1, 2, 1, 1])
    }

    @Test func `groups place their shapes, and links, breaks, notes and footers are read`() throws {
        let group =
            "<p:grpSp><p:grpSpPr><a:xfrm><a:off x='100' y='100'/><a:ext cx='20' cy='20'/>"
            + "<a:chOff x='0' y='0'/><a:chExt cx='10' cy='10'/></a:xfrm>"
            + "</p:grpSpPr>\(shape(text("grouped"), y: 5, x: 5))</p:grpSp>"
        let link =
            "<a:p><a:r><a:rPr><a:hlinkClick r:id='u'/></a:rPr><a:t>a</a:t></a:r><a:br/>"
            + "<a:fld><a:rPr><a:hlinkClick r:id='u'/></a:rPr><a:t>b</a:t></a:fld></a:p>"
        let notes = OfficeFixture.slide(shape(text("said"), placeholder: "<p:ph type='body'/>"), root: "notes")
        let slide = group + shape(link, y: 300_000) + shape(text("3"), y: 400_000, placeholder: "<p:ph type='sldNum'/>")
        let document = try document(
            [slide], parts: [("ppt/notes.xml", notes)],
            links: [("u", "hyperlink", "https://example.org"), ("n", "notesSlide", "../notes.xml")])
        #expect(
            document.officeOutline == ["chapter slide-0", "  paragraph: grouped", "  paragraph: a b", "  text: said", "page_footer: 3"])
        #expect(document.texts[0].prov.first?.bbox == BoundingBox(left: 110, top: 110, right: 130, bottom: 130))
        #expect(document.texts[1].hyperlink == "https://example.org")
        #expect(document.texts.map(\.contentLayer) == [.body, .body, .furniture, .furniture])
    }

    @Test func `a slide that is missing is damage`() {
        let slides = "<p:sldIdLst><p:sldId id='256' r:id='a'/></p:sldIdLst>"
        let bytes = OfficeFixture.package(
            main: "ppt/presentation.xml",
            [
                ("ppt/presentation.xml", "<p:presentation \(OfficeFixture.all)>\(slides)</p:presentation>"),
                ("ppt/_rels/presentation.xml.rels", OfficeFixture.links([("a", "slide", "../../../slides/slide1.xml")])),
            ])
        #expect(throws: FormatFailure.damaged("a slide is missing")) { try read(bytes, with: SlideReader.document) }
    }

    @Test func `groups that scale beyond all numbers do not crash`() throws {
        let transform =
            "<p:grpSpPr><a:xfrm><a:off x='2000000000' y='-2000000000'/><a:ext cx='2000000000' cy='2000000000'/><a:chOff x='0' y='0'/>"
            + "<a:chExt cx='1' cy='1'/></a:xfrm></p:grpSpPr>"
        let nested =
            String(repeating: "<p:grpSp>\(transform)", count: 240) + shape(text("x"), y: 1) + String(repeating: "</p:grpSp>", count: 240)
        let document = try document([nested])
        #expect(document.texts.map(\.text) == ["x"])
        #expect(try !document.jsonBytes().isEmpty)
    }
}
