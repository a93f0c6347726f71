import DoclingDocument
import Testing

@Suite struct MarkdownTests {
    @Test(arguments: ["figures", "lists", "tables", "texts"])
    func `Markdown equals what docling-core exports`(name: String) throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("\(name).json"))
        #expect(try document.markdown() == SharedFiles.fixtureText("\(name).md"))
    }

    /// Length in bytes and FNV-1a hash of what docling-core 2.104.0 exports, which is no part of the shared material.
    static let exports: [String: (count: Int, hash: UInt64)] = [
        "2305.03393v1-pg9.json": (2755, 0x0788_e199_f24c_d482),
        "code_and_formula.json": (5537, 0xc67a_70cd_f151_4887),
        "multi_page.json": (9392, 0xdb4a_2e0a_c046_af45),
        "redp5110_sampled.json": (38534, 0x96fc_ddae_6b52_8c68),
        "right_to_left_01.json": (2513, 0x2827_dce3_c7a1_f984),
        "right_to_left_03.json": (1358, 0x57f2_1ed3_3bc9_7c8f),
        "table_mislabeled_as_picture.json": (4475, 0x83b3_9079_1287_0c16),
        "csv-comma.csv.json": (1910, 0xe2f2_d364_2757_d470),
        "lorem_ipsum.docx.json": (3486, 0x07f0_6809_c304_6dce),
        "normal_4pages.json": (18533, 0xe319_25bb_a87f_316d),
        "wiki_duck.html.json": (61013, 0xd664_bc4f_af46_16f2),
        "word_tables.docx.json": (2495, 0x5b9f_f997_cbb2_606e),
    ]

    @Test(
        .enabled(if: SharedFiles.isSharedPresent, "the shared material does not lie beside the package"), arguments: SharedFiles.documents)
    func `Markdown of documents of the wild equals what docling-core exports`(name: String) throws {
        let document = try DoclingDocument(json: SharedFiles.shared(name))
        let bytes = Array(try document.markdown().utf8)
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let expected = try #require(Self.exports[String(name.split(separator: "/").last ?? "")])
        #expect(bytes.count == expected.count && hash == expected.hash)
    }

    @Test func `page breaks stand between items of different pages and before lists that begin one`() throws {
        var options = MarkdownOptions()
        options.pageBreak = "<!-- page break -->"
        let document = try DoclingDocument(json: SharedFiles.fixture("figures.json"))
        #expect(try document.markdown(options: options) == SharedFiles.fixtureText("figures-breaks.md"))
    }

    @Test func `one page shows only the items that begin on it`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("figures.json"))
        #expect(try document.markdown(pageNumber: 2) == SharedFiles.fixtureText("figures-page2.md"))
        #expect(try document.markdown(pageNumber: 99).isEmpty)
    }

    @Test func `texts within pictures are shown when asked for`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("figures.json"))
        var options = MarkdownOptions()
        #expect(!(try document.markdown(options: options).contains("text in the picture")))
        options.includesPictureTexts = true
        #expect(try document.markdown(options: options).contains("text in the picture"))
    }

    @Test func `items of lists that lie in no list form one`() throws {
        var document = DoclingDocument(name: "stray")
        document.addText("before")
        document.addText("a", label: .listItem)
        document.addText("b", label: .listItem)
        document.addText("after")
        #expect(try document.markdown() == "before\n\n- a\n- b\n\nafter")
    }

    @Test func `headers and footers of version 1 0 0 are left out`() throws {
        let json =
            ##"{"name":"n","version":"1.0.0","body":{"self_ref":"#/body","children":[{"$ref":"#/texts/0"},{"$ref":"#/texts/1"}]},"texts":[{"self_ref":"#/texts/0","label":"page_header","orig":"","text":"head"},{"self_ref":"#/texts/1","label":"paragraph","orig":"","text":"text"}]}"##
        #expect(try DoclingDocument(json: Array(json.utf8)).markdown() == "text")
    }

    @Test func `a line full of half links is scanned once`() throws {
        var document = DoclingDocument(name: "quadratic")
        document.addText(String(repeating: "![", count: 200_000) + "_")
        #expect(try document.markdown().hasSuffix("\\_"))
    }

    @Test func `links with schemes that run something keep only their text`() throws {
        for link in ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,x", "VBSCRIPT:x"] {
            var document = DoclingDocument(name: "link")
            document.addText("text", hyperlink: link)
            #expect(try document.markdown() == "text")
            #expect(!(try document.html().contains("<a")))
        }
    }
}
