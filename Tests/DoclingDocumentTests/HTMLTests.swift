import DoclingDocument
import Testing

@Suite struct HTMLTests {
    private static let attack = "</td></title><script>alert(\"1\")</script><img src='x' onerror=alert(1)>&amp;"

    @Test func `no text of a document becomes markup`() throws {
        var document = DoclingDocument(name: Self.attack)
        document.addTitle(Self.attack)
        document.addText(Self.attack, formatting: Formatting(bold: true), hyperlink: "https://example.com/\"><script>")
        document.addCode(Self.attack, language: CodeLanguage(rawValue: "\"><script>"))
        document.addFormula(Self.attack)
        let list = document.addList()
        document.addListItem(Self.attack, in: list, marker: "<script>")
        let table = document.addTable(TableData(cells: [TableCell(Self.attack, row: 0, column: 0)], rowCount: 1, columnCount: 1))
        document.addCaption(Self.attack, to: table)
        document.addFootnote(Self.attack, to: table)
        document.addPicture(
            image: ImageReference(
                mimeType: "image/png", dpi: 1, size: PageSize(width: 1, height: 1), uri: "data:image/png;base64,\"><script>"))
        document.pictures[0].meta = ItemMeta(members: ["description": ["text": .string(Self.attack)]])
        document.addKeyValues(
            GraphData(
                cells: [.init(label: .key, id: 0, text: Self.attack), .init(label: .value, id: 1, text: Self.attack)],
                links: [.init(label: .toValue, source: 0, target: 1)]))
        var options = HTMLOptions()
        options.includesImages = true
        options.language = "\"><script>"
        let html = try document.html(options: options)
        #expect(!html.contains("<script") && !html.contains("<img"))
        #expect(html.components("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") == 12)
    }

    @Test func `links lead to other sites or within the page`() throws {
        func html(_ link: String) throws -> String {
            var document = DoclingDocument(name: "link")
            document.addText("text", hyperlink: link)
            return try document.html()
        }
        for link in ["http://example.com/a?b=1&c", "mailto:a@b.c", "tel:+1", "#note"] { #expect(try html(link).contains("<a href=\"")) }
        for link in ["javascript:1", "data:,x", "file:///etc/passwd", "/api/keys", "//host/x", "x.html", "blob:1", "\u{1}javascript:1"] {
            #expect(!(try html(link).contains("<a")), "\(link)")
        }
    }

    @Test func `only raster images that the document carries are shown, when asked for`() throws {
        func html(_ uri: String) throws -> String {
            var document = DoclingDocument(name: "image")
            document.addPicture(image: ImageReference(mimeType: "image/png", dpi: 1, size: PageSize(width: 1, height: 1), uri: uri))
            var options = HTMLOptions()
            options.includesImages = true
            return try document.html(options: options)
        }
        #expect(try html("data:image/png;base64,AAAA").contains("<img alt=\"\" src=\"data:image/png;base64,AAAA\">"))
        for uri in ["data:image/svg+xml;base64,AAAA", "https://example.com/x.png", "file:///x.png", "data:image/png;base64,AA\" onerror="] {
            #expect(!(try html(uri).contains("<img")))
        }
        #expect(!(try DoclingDocument(json: SharedFiles.fixture("figures.json")).html().contains("<img")))
    }

    @Test func `tables keep their spans and headers, and nest`() throws {
        let html = try DoclingDocument(json: SharedFiles.fixture("tables.json")).html()
        #expect(
            html.contains("<th scope=\"col\" rowspan=\"2\" dir=\"auto\">Name</th><th scope=\"col\" colspan=\"2\" dir=\"auto\">Value</th>"))
        #expect(html.contains("<caption dir=\"auto\">Table_1 &lt;caption&gt;</caption>"))
        #expect(html.contains("<p class=\"footnote\" dir=\"auto\">bound footnote</p>"))
        #expect(html.contains("<h2 dir=\"auto\">Heading in cell</h2>"))
        #expect(html.components("<table>") == 6 && html.components("</table>") == 6)
    }

    @Test func `lists nest within their items`() throws {
        let html = try DoclingDocument(json: SharedFiles.fixture("lists.json")).html()
        #expect(html.contains("<li dir=\"auto\">nested_one<ol>\n<li dir=\"auto\">deeper</li>\n</ol>\n</li>"))
        #expect(html.contains("<li dir=\"auto\"><strong>inline</strong> item </li>"))
    }

    @Test(arguments: ["figures", "lists", "tables", "texts"])
    func `every element is closed where it belongs`(name: String) throws {
        let html = try DoclingDocument(json: SharedFiles.fixture("\(name).json")).html()
        let void: Set<Substring> = ["meta", "br", "input", "img", "!DOCTYPE"]
        var open: [Substring] = []
        for piece in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
            let tag = try #require(piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false).first)
            let word = tag.prefix { $0 != " " }
            if word.hasPrefix("/") {
                #expect(open.popLast() == word.dropFirst())
            } else if !void.contains(word) {
                open.append(word)
            }
        }
        #expect(open.isEmpty)
    }

    @Test func `a fragment has no head, and one page only its items`() throws {
        var options = HTMLOptions()
        options.isPage = false
        let html = try DoclingDocument(json: SharedFiles.fixture("figures.json")).html(pageNumber: 2, options: options)
        #expect(!html.contains("<html") && !html.contains("<style"))
        #expect(html.contains("on page two") && !html.contains("on page three") && !html.contains("Figure_1"))
    }
}
