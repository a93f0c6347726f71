import ColophonFormats
import DoclingDocument
import Testing

@Suite struct HTMLReaderTests {
    private func read(_ html: String) throws -> DoclingDocument {
        let document = try HTMLReader.document(from: html, name: "page")
        #expect(try DoclingDocument(json: document.jsonBytes()) == document)
        return document
    }

    @Test func `what comes before the first heading is furniture, and sections nest`() throws {
        let page = try read("<title>T &amp; U</title><p>menu<h2>A</h2><p>a<h1>Top</h1><p>x<h3>Deep</h3><p>y<h2>B</h2>z")
        #expect(
            page.outline == """
                !title: T & U
                !text: menu
                <header-1>
                  section_header1: A
                    text: a
                title: Top
                  text: x
                  <header-2>
                    section_header2: Deep
                      text: y
                  section_header1: B
                    text: z
                """)
    }

    @Test func `a page without headings is body`() throws {
        #expect(try read("<body>one<div>two</div>three").outline == "text: one\ntext: two\ntext: three")
    }

    @Test func `words in several styles make an inline group, of one style a text`() throws {
        let page = try read("<p>a <b>b<i>c</i></b> <a href='/x?a=1&amp;b=2'>d</a><sub>2</sub> <code>e()</code></p><p><u>all</u></p>")
        #expect(
            page.outline == """
                <group>
                  text: a
                  text b: b
                  text b i: c
                  text @/x?a=1&b=2: d
                  text sub: 2
                  code: e()
                text u: all
                """)
    }

    @Test func `white space collapses and line breaks stay`() throws {
        #expect(try read("<p> a\n\n b&nbsp; c<br>d <br><br> e</p>").outline == "text: a b c⏎d\ntext: e")
    }

    @Test func `lists nest below their items`() throws {
        let page = try read("<ul><li>a<ul><li>b<li>c</ul><li>d <b>e</b></ul><ol start=3><li>x<li value=9>y</ol><ol><li>z</ol>")
        #expect(
            page.outline == """
                <list>
                  list_item: a
                    <list>
                      list_item: b
                      list_item: c
                  list_item: 
                    <group>
                      text: d
                      text b: e
                <ordered list start 3>
                  list_item 3.: x
                  list_item 9.: y
                <ordered list>
                  list_item: z
                """)
    }

    @Test func `a paragraph within a list closes it`() throws {
        let page = try read("<ul><li>First<p>more</p></li><p>Between</p><li>Second</ul>")
        #expect(page.outline == "<list>\n  list_item: First more\ntext: Between\n<list>\n  list_item: Second")
    }

    @Test func `terms hold their descriptions`() throws {
        let page = try read("<dl><dt>T<dd>one<dd>two<dt>U<dd><dl><dt>V<dd>three</dl></dl>")
        #expect(
            page.outline == """
                <description list>
                  list_item: T
                    <descriptions>
                      list_item: one
                      list_item: two
                  list_item: U
                    <description list>
                      list_item: V
                        <descriptions>
                          list_item: three
                """)
    }

    @Test func `what a page hides is not read`() throws {
        let page = try read("<p>a<span aria-hidden=true>x</span><span style='visibility: hidden'>y</span><i hidden>z</i>b")
        #expect(page.texts.map(\.text) == ["ab"])
    }

    @Test func `headings that are none for a reader push nothing to the margins`() throws {
        for html in ["<ul><li><h2>a</h2></ul><p>body", "<h1><img alt=logo></h1><p>body", "<p>body<footer><h3>f</h3></footer>"] {
            #expect(try read(html).texts.first { $0.text == "body" }?.contentLayer == .body, "\(html)")
        }
        #expect(try read("<p>before<h1>a</h1><p>body").texts.first?.contentLayer == .furniture)
    }

    @Test func `tables have spans, headers and a caption`() throws {
        let page = try read(
            "<table><caption>Cap</caption><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td>d<td>e<tr><th>f<td>g<br>h</table>")
        #expect(page.firstTable == "=a|=b(1x2)\nc(2x1)|d|e\n-f|g\nh")
        #expect(page.outline == "table 3x3\n  caption: Cap\n  <rich_cell_group_1_2_2>\n    text: g\u{23CE}h")
        #expect(page.tables[0].captions.count == 1)
    }

    @Test func `cells with links, lists or pictures are rich`() throws {
        let page = try read("<table><tr><td><a href=u>x</a><td>plain<td><ul><li>i<li>j</ul><td><img alt=P></table>")
        #expect(page.firstTable == "x|plain|i j|")
        #expect(page.tables[0].data.cells.map { $0.content != nil } == [true, false, true, true])
        #expect(try page.markdown().contains("[x](u)"))
    }

    @Test func `a table within a cell is one too, and tables for layout are none`() throws {
        let inner = "<table><tr><td>1<td>2<tr><td>3</table>"
        let data = try read("<table><tr><th>h<tr><td>x\(inner)</table>")
        #expect(data.tables.map { $0.data.cells.count } == [2, 3])
        #expect(data.firstTable == "=h\nx 1 2 3")
        let layout = try read("<table><tr><td>side<td>\(inner)</table>")
        #expect(layout.outline == "text: side\ntable 2x2")
    }

    @Test func `pictures take the caption of their figure or what stands in their place`() throws {
        let page = try read("<figure><img src=a alt=no><figcaption>Yes <b>b</b></figcaption></figure><p>t <a href=l><img alt=alt></a> u")
        #expect(page.outline == "picture\n  caption: Yes b\ntext: t u\npicture\n  caption @l: alt")
    }

    @Test func `code keeps its lines and names its language`() throws {
        let page = try read("<pre><code class='x language-swift'>\nlet a = 1\n  b &lt; c\n</code></pre>")
        #expect(page.outline == "code Swift: let a = 1⏎  b < c")
    }

    @Test func `what a page does not show is left out`() throws {
        let page = try read(
            """
            <!DOCTYPE html><!-- c --><style>s</style><script>if (a</b) "</p>"</script><p hidden>h</p><p style="color:red; display : none">n</p>
            <svg><title>no</title><path d="x"/><text>t</text></svg><noscript><p>n</p></noscript><template>t</template><p>seen</p>
            """)
        #expect(page.outline == "text: seen")
    }

    @Test func `details, footers and boxes to tick have their own items`() throws {
        let page = try read(
            "<h1>T</h1><details><summary>S</summary>d</details><input type=checkbox checked aria-label=L><footer>f</footer>")
        #expect(
            page.outline == """
                title: T
                  <details>
                    text: S
                    text: d
                  checkbox_selected: L
                  !<footer>
                    !text: f
                """)
    }

    @Test func `broken source is read as browsers read it`() throws {
        let page = try read("a < b &unknown; &#x41;&#0;&#150; <![CDATA[c<d]]></b></td><DIV CLASS=x'y>e</div x><p>f<p>g</P><b>h")
        #expect(page.outline == "text: a < b &unknown; A\u{FFFD}– c<d\ntext: e\ntext: f\ntext: g\ntext b: h")
    }

    @Test func `an empty element of XHTML holds nothing`() throws {
        #expect(try read("<?xml version='1.0'?><html><title/><p><a id='x' href='y'/>text</p></html>").outline == "text: text")
    }
}
