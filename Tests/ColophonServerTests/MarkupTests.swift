import Testing

@testable import ColophonServer

@Suite struct MarkupTests {
    @Test func `text and attributes are escaped, wherever they stand`() {
        let hostile = "<script>alert(\"1\")</script> & 'x'\0"
        let html = element("p", ["title": hostile]) { hostile }
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;\u{FFFD}"
        #expect(html.text == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func `an attribute without a value stands alone, and one that is not there is left out`() {
        #expect(
            element("input", ["type": "checkbox", "checked": true.attribute, "hidden": false.attribute, "id": nil]).text
                == "<input type=\"checkbox\" checked>")
    }

    @Test func `elements without content have no end`() {
        #expect(element("br").text == "<br>" && element("div").text == "<div></div>")
    }

    @Test func `conditions and loops make markup`() {
        func list(_ words: [String], _ isEmpty: Bool) -> String {
            element("ul") {
                if isEmpty { element("li") { "none" } } else { for word in words { element("li") { word } } }
            }.text
        }
        #expect(list(["a", "<b>"], false) == "<ul><li>a</li><li>&lt;b&gt;</li></ul>")
        #expect(list([], true) == "<ul><li>none</li></ul>")
    }

    @Test(
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (1536, "1.5 KB"), (10240, "10 KB"), (1_047_961, "1023 KB"),
            (1_048_575, "1.0 MB"),
            (1 << 20, "1.0 MB"), (5 << 30, "5.0 GB"), (1 << 45, "32 TB"),
        ] as [(Int64, String)])
    func `sizes are written as the script writes them`(bytes: Int64, text: String) {
        #expect(Figures.bytes(bytes) == text)
    }
}
