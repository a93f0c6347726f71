import DoclingDocument
import Testing

@testable import ColophonFormats

@Suite struct WordReaderTests {
    private static let styles = """
        <w:styles \(OfficeFixture.word)>
        <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>
        <w:style w:type='paragraph' w:styleId='Title'><w:name w:val='Title'/></w:style>
        <w:style w:type='paragraph' w:styleId='H1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
        <w:style w:type='paragraph' w:styleId='H2'><w:name w:val='heading 2'/></w:style>
        <w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='Mine'/><w:basedOn w:val='H2'/></w:style>
        <w:style w:type='paragraph' w:styleId='Round'><w:name w:val='Round'/><w:basedOn w:val='Round'/></w:style>
        <w:style w:type='character' w:styleId='Strong'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>
        </w:styles>
        """
    private static let numbering = """
        <w:numbering \(OfficeFixture.word)>
        <w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>
        <w:lvl w:ilvl='1'><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='%1.%2)'/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='•'/></w:lvl></w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>
        </w:numbering>
        """

    private func document(_ body: String, parts: [(path: String, xml: String)] = []) throws -> DoclingDocument {
        let links = [
            ("styles", "styles", "styles.xml"), ("numbering", "numbering", "numbering.xml"), ("notes", "footnotes", "footnotes.xml"),
            ("link", "hyperlink", "https://example.org/a"), ("head", "header", "header1.xml"), ("foot", "footer", "footer1.xml"),
        ]
        let bytes = OfficeFixture.docx(
            body, links: links, parts: [("word/styles.xml", Self.styles), ("word/numbering.xml", Self.numbering)] + parts)
        return try read(bytes, with: WordReader.document)
    }

    private func paragraph(_ text: String, _ properties: String = "") -> String {
        "<w:p><w:pPr>\(properties)</w:pPr>\(run(text))</w:p>"
    }

    private func run(_ text: String, _ properties: String = "") -> String {
        "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space='preserve'>\(text)</w:t></w:r>"
    }

    private func style(_ id: String) -> String { "<w:pStyle w:val='\(id)'/>" }

    @Test func `headings hold what follows them, and groups stand in for levels that are missing`() throws {
        let body =
            paragraph("before") + paragraph("One", style("H1")) + paragraph("a") + "<w:p/>" + paragraph("Two", style("Mine"))
            + paragraph("b")
            + paragraph("Next", style("H1")) + paragraph("Outline", "<w:outlineLvl w:val='2'/>") + paragraph("c", style("Round"))
        #expect(
            try document(body).officeOutline == [
                "text: before", "section header-0", "  section_header 1: One", "    text: a", "    text: ", "    section_header 2: Two",
                "      text: b", "  section_header 1: Next", "    section header-2", "      section_header 3: Outline", "        text: c",
            ])
    }

    @Test func `a title begins anew and holds the headings`() throws {
        let body = paragraph("T", style("Title")) + paragraph("One", style("H1")) + paragraph("a")
        #expect(try document(body).officeOutline == ["title: T", "  section_header 1: One", "    text: a"])
    }

    @Test func `lists nest by level, count and show their markers`() throws {
        func item(_ text: String, _ list: Int, _ level: Int) -> String {
            paragraph(text, "<w:numPr><w:ilvl w:val='\(level)'/><w:numId w:val='\(list)'/></w:numPr>")
        }
        let body =
            item("a", 1, 0) + item("b", 1, 1) + item("c", 1, 1) + item("d", 1, 0) + item("e", 2, 0) + paragraph("x") + item("f", 1, 0)
        let document = try document(body)
        #expect(
            document.officeOutline == [
                "list list", "  list_item 3.: a", "  list list", "    list_item 3.i): b", "    list_item 3.ii): c", "  list_item 4.: d",
                "list list", "  list_item: e", "text: x", "list list", "  list_item 5.: f",
            ])
        #expect(document.texts.map(\.enumerated) == [true, true, true, true, false, nil, true])
    }

    @Test func `runs that look different become an inline group, those that look alike one text`() throws {
        let body =
            "<w:p>\(run("plain "))\(run("still "))\(run("bold", "<w:b/>"))"
            + "\(run(" "))\(run("H"))\(run("2", "<w:vertAlign w:val='subscript'/>"))</w:p>"
            + "<w:p>\(run("x", "<w:b w:val='0'/><w:i/><w:u w:val='single'/><w:strike/><w:vertAlign w:val='superscript'/>"))</w:p>"
            + "<w:p>\(run("y", "<w:rStyle w:val='Strong'/>"))</w:p>"
        let document = try document(body)
        #expect(
            document.officeOutline == [
                "inline group", "  text: plain still", "  text: bold", "  text: H", "  text: 2", "text: x", "text: y",
            ])
        #expect(
            document.texts.map(\.formatting) == [
                Formatting(), Formatting(bold: true), Formatting(), Formatting(script: .sub),
                Formatting(italic: true, underline: true, strikethrough: true, script: .super), Formatting(bold: true),
            ])
    }

    @Test func `links, revisions, tabs, breaks, symbols, fields and controls are read`() throws {
        let body =
            "<w:p>\(run("see "))<w:hyperlink r:id='link'>\(run("the "))\(run("site"))</w:hyperlink></w:p>"
            + "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>\(run("new"))</w:ins></w:p>"
            + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
            + "<w:t>c</w:t><w:noBreakHyphen/><w:sym w:font='Symbol' w:char='F061'/></w:r></w:p>"
            + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='PAGE'>\(run("7"))</w:fldSimple></w:p>"
            + "<w:sdt><w:sdtContent>\(paragraph("inside"))</w:sdtContent></w:sdt>"
            + "<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>\(run("done"))"
            + "</w:sdtContent></w:sdt></w:p>"
        let document = try document(body)
        #expect(
            document.officeOutline == [
                "inline group", "  text: see", "  text: the site", "text: new", "text: a\tb\nc-α", "text: 7", "text: inside",
                "checkbox_selected: done",
            ])
        #expect(document.texts.map(\.hyperlink) == [nil, "https://example.org/a", nil, nil, nil, nil, nil])
    }

    @Test func `hidden text is left out, and equations are LaTeX`() throws {
        func math(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
        let equation =
            "<m:oMath><m:f><m:num>\(math("a"))</m:num><m:den>\(math("b"))</m:den></m:f>\(math("="))"
            + "<m:sSup><m:e>\(math("x"))</m:e><m:sup>\(math("2"))</m:sup></m:sSup></m:oMath>"
        let body =
            "<w:p>\(run("seen"))<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p><w:p><m:oMathPara>\(equation)</m:oMathPara></w:p>"
        #expect(try document(body).officeOutline == ["text: seen", "formula: \\frac{a}{b}=x^{2}"])
    }

    @Test func `tables keep spans, head their columns and hold other tables`() throws {
        func cell(_ text: String, _ properties: String = "") -> String { "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(text))</w:tc>" }
        let inner = "<w:tc><w:tbl><w:tr>\(cell("i"))\(cell("j"))</w:tr><w:tr>\(cell("k"))</w:tr></w:tbl><w:p/></w:tc>"
        let body =
            "<w:tbl><w:tr>\(cell("a"))\(cell("b", "<w:gridSpan w:val='2'/>"))</w:tr>"
            + "<w:tr>\(cell("c", "<w:vMerge w:val='restart'/>"))\(cell("d"))\(inner)</w:tr>"
            + "<w:tr>\(cell("", "<w:vMerge/>"))\(cell("e"))\(cell("f"))</w:tr>"
            + "<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>\(cell("g"))</w:tr></w:tbl>"
            + "<w:tbl><w:tr>\(cell("framed"))</w:tr></w:tbl>"
        let document = try document(body)
        #expect(
            document.officeOutline == [
                "table 4x3", "  unspecified rich_cell_group_1_2_1", "    table 2x2", "    text: ", "text: framed",
            ])
        let cells = try #require(document.tables.first?.data.cells)
        #expect(cells.map(\.text) == ["a", "b", "c", "d", "i j\nk", "e", "f", "g"])
        #expect(cells.map(\.isColumnHeader) == [true, true] + [Bool](repeating: false, count: 6))
        #expect(cells.map(\.columnSpan) == [1, 2, 1, 1, 1, 1, 1, 1] && cells.map(\.rowSpan) == [1, 1, 2, 1, 1, 1, 1, 1])
        #expect(cells.last?.startColumn == 2)
    }

    @Test func `pictures, text boxes, notes and equations have their places`() throws {
        let box = "<w:drawing><w:txbxContent>\(paragraph("boxed"))</w:txbxContent></w:drawing>"
        let body =
            "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
            + "<w:p><w:r><mc:AlternateContent><mc:Choice>\(box)</mc:Choice>"
            + "<mc:Fallback>\(box)</mc:Fallback></mc:AlternateContent></w:r></w:p>"
            + "<w:p>\(run("noted"))<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
            + "<w:p><m:oMathPara><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara></w:p>"
            + "<w:p>\(run("so "))<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath></w:p>"
        let notes =
            "<w:footnotes \(OfficeFixture.word)><w:footnote w:id='0' w:type='separator'/>"
            + "<w:footnote w:id='2'>\(paragraph(" note"))</w:footnote></w:footnotes>"
        #expect(
            try document(body, parts: [("word/footnotes.xml", notes)]).officeOutline == [
                "picture", "section textbox", "  text: boxed", "text: noted", "footnote: note", "formula: x=1", "inline group",
                "  text: so",
                "  formula: y",
            ])
    }

    @Test func `headers and footers are furniture`() throws {
        let body =
            paragraph("body")
            + "<w:sectPr><w:headerReference r:id='head'/><w:headerReference r:id='head'/><w:footerReference r:id='foot'/></w:sectPr>"
        let document = try document(
            body,
            parts: [
                ("word/header1.xml", "<w:hdr \(OfficeFixture.word)>\(paragraph("Head"))</w:hdr>"),
                ("word/footer1.xml", "<w:ftr \(OfficeFixture.word)>\(paragraph("Foot"))</w:ftr>"),
            ])
        #expect(document.officeOutline == ["text: body", "page_header: Head", "page_footer: Foot"])
        #expect(document.texts.map(\.contentLayer) == [.body, .furniture, .furniture])
    }

    @Test func `strict files are read like transitional ones`() throws {
        let body = "<w:document xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:body>\(paragraph("x"))</w:body></w:document>"
        let bytes = OfficeFixture.package(main: "word/document2.xml", [("word/document2.xml", body)])
        #expect(try read(bytes, with: WordReader.document).officeOutline == ["text: x"])
    }

    @Test func `a file without its parts is damaged, and too many items are too large`() {
        #expect(throws: FormatFailure.damaged("it holds no text document")) {
            try read(OfficeFixture.package(main: "word/document.xml", []), with: WordReader.document)
        }
        #expect(throws: FormatFailure.self) { try document("<w:p") }
        #expect(throws: FormatFailure.tooLarge("it holds more than 500000 items")) {
            try document(String(repeating: "<w:p/>", count: 500_001))
        }
        let wide = "<w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr></w:tc>"
        #expect(throws: FormatFailure.self) {
            try document("<w:tbl>\(String(repeating: "<w:tr>\(wide)</w:tr>", count: 1_001))</w:tbl>")
        }
    }

    @Test func `absurd numbers are taken as far as they make sense`() throws {
        let body =
            paragraph("a", "<w:outlineLvl w:val='-99999999999999999999'/>") + paragraph("b", "<w:outlineLvl w:val='99'/>")
            + paragraph("c", "<w:numPr><w:ilvl w:val='-5'/><w:numId w:val='77'/></w:numPr>")
            + "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='-1'/></w:trPr>"
            + "<w:tc><w:tcPr><w:gridSpan w:val='-9'/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl>"
        #expect(try document(body).officeOutline == ["text: a", "text: b", "list list", "  list_item: c", "table 1x2"])
    }
}
