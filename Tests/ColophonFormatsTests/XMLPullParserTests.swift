import Testing

@testable import ColophonFormats

@Suite struct XMLPullParserTests {
    private func events(_ bytes: [UInt8]) throws -> [String] {
        var parser = try XMLPullParser(bytes)
        var events: [String] = []
        while let event = try parser.next() {
            switch event {
            case .start(let name, let attributes):
                events.append(
                    "<\(name.space).\(name.local)" + attributes.all.map { " \($0.name.space).\($0.name.local)=\($0.value)" }.joined())
            case .end(let name): events.append("/\(name.local)")
            case .text(let text): events.append(text)
            }
        }
        return events
    }

    private func events(_ text: String) throws -> [String] { try events([UInt8](text.utf8)) }

    @Test func `elements, attributes, text, CDATA, comments and instructions are read`() throws {
        let text = "<?xml version='1.0'?>\n<!DOCTYPE a>\n<a x='1' y=\"&lt;&#65;&#x1F600;\"><!-- - --><b/>t&amp;\r\n<![CDATA[<&]]></a>\n"
        #expect(try events(text) == ["<none.a none.x=1 none.y=<A😀", "<none.b", "/b", "t&\n", "<&", "/a"])
    }

    @Test func `strict and transitional namespaces are one, whatever their prefix`() throws {
        let strict = "<q:p xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main' q:v='1'><t xmlns='urn:x'/><t/></q:p>"
        #expect(try events(strict) == ["<word.p word.v=1", "<other.t", "/t", "<none.t", "/t", "/p"])
        let transitional = "<p xmlns='http://schemas.openxmlformats.org/wordprocessingml/2006/main' v='1'/>"
        #expect(try events(transitional) == ["<word.p none.v=1", "/p"])
    }

    @Test func `UTF-16 is read with its mark`() throws {
        let units = "\u{FEFF}<a>ä😀</a>".utf16
        #expect(try events(units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == ["<none.a", "ä😀", "/a"])
        #expect(try events(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == ["<none.a", "ä😀", "/a"])
        #expect(try events([0xEF, 0xBB, 0xBF] + "<a/>".utf8) == ["<none.a", "/a"])
    }

    @Test(arguments: [
        "", "<a", "<a>", "<a><b></a></b>", "<a/><b/>", "text<a/>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a x=1/>", "<a>&",
        "</a>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<a><!DOCTYPE a></a>", "<a><![CDATA[x</a>", "<!-- <a/>", "<a x='1></a>", "<a><",
        "<a><!", "&",
    ])
    func `what is not well formed is refused`(text: String) {
        #expect(throws: FormatFailure.self) { try events(text) }
    }

    @Test func `a billion laughs are not laughed`() {
        let entities = (1..<10).map { "<!ENTITY l\($0) '\(String(repeating: "&l\($0 - 1);", count: 10))'>" }.joined()
        #expect(throws: FormatFailure.self) { try events("<!DOCTYPE l [<!ENTITY l0 'lol'>\(entities)]><l>&l9;</l>") }
    }

    @Test func `nesting has a bound`() throws {
        func nested(_ count: Int) -> String { String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count) }
        #expect(try events(nested(256)).count == 512)
        #expect(throws: FormatFailure.self) { try events(nested(257)) }
        #expect(throws: FormatFailure.self) { try events(String(repeating: "<a>", count: 1_000_000)) }
    }

    @Test func `a large part takes time in proportion`() throws {
        let text = "<a>" + String(repeating: "<b c='d'>e &amp; f</b>", count: 100_000) + "</a>"
        var count = 0
        let elapsed = try ContinuousClock().measure { count = try events(text).count }
        #expect(count == 300_002)
        #expect(elapsed < .seconds(60))
    }
}
