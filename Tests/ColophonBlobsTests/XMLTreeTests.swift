import Testing

@testable import ColophonBlobs

@Suite struct XMLTreeTests {
    @Test func `elements, text, entities and CDATA are read, all else is passed over`() throws {
        let text = """

              <?xml version="1.0" encoding="UTF-8"?><!-- a --><A xmlns="u" b='>'>
            <B>x &amp; &lt;y&gt; &#34;&#x41;&quot;</B><C/><B><![CDATA[<&]]></B><!-- <D> --><E>ü</E ></A>
            """
        let tree = try XMLTree(text.utf8)
        #expect(tree.name == "A" && tree.all("B").map(\.text) == ["x & <y> \"A\"", "<&"])
        #expect(tree["C"] == XMLTree(name: "C") && tree["D"] == nil && tree["E"]?.text == "ü")
    }

    @Test(arguments: [
        "", "text", "<A>", "<A></B>", "<A/><B/>", "<A>&unknown;</A>", "<A>&#xD800;</A>", "<A>&amp", "<A b></A>", "<A b=c></A>", "<>x</>",
        "<A><!-- </A>", "<A><![CDATA[x</A>", "<A>\u{0}</A", "<!DOCTYPE a [<!ENTITY b \"c\">]><A>&b;</A>",
        String(repeating: "<A>", count: 17) + String(repeating: "</A>", count: 17),
    ])
    func `what is no such document is refused`(text: String) {
        #expect(throws: XMLTree.Malformed.self) { try XMLTree(text.utf8) }
    }

    @Test func `text that is not UTF-8 is refused`() {
        #expect(throws: XMLTree.Malformed.self) { try XMLTree(Array("<A>".utf8) + [0xFF] + Array("</A>".utf8)) }
    }
}
