import ColophonFormats
import DoclingDocument
import Testing

@Suite(.serialized) struct HostileInputTests {
    private static let size = 1 << 17
    private static let patterns = [
        "<", "<div>", "<b>", "<p>", "</div>", "<table><td>", "<table>", "<ul><li>", "<a href=x>", "<!--", "<a b=\"", "&#", "<dl><dd>",
        "[", "![", "*", "_a", "**a ", "`", "> ", "- ", "1. ", "[a](", "](", "[a][", "|", "|-", "<?", "<![CDATA[", "~~a", "[]: <", "\\",
        "[[a]](b)",
        "a**b", "- a\n  ", "> a\n", "[a]: b\n", "a|b\n-|-\n", "<h1>", "<h6>x<h1>y", "```\n", "*a _b ", "<svg>", "<x>", "\t", "=\n", "a\n=",
    ]

    @Test(.timeLimit(.minutes(5)), arguments: patterns)
    func `an endless pattern takes time in proportion`(pattern: String) throws {
        let text = String(repeating: pattern, count: HostileInputTests.size / pattern.utf8.count)
        for isHTML in [true, false] {
            let clock = ContinuousClock()
            let start = clock.now
            do throws(FormatFailure) {
                _ = isHTML ? try HTMLReader.document(from: text, name: "x") : try MarkdownReader.document(from: text, name: "x")
            } catch {
                guard case .tooLarge = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            let time = clock.now - start
            #expect(time < .seconds(30))
            if time > .milliseconds(500) { print("slow:", isHTML ? "HTML" : "Markdown", pattern.debugDescription, time) }
        }
    }

    @Test func `growing lists nest no deeper than the limit`() throws {
        let text = (0..<1_000).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
        let document = try MarkdownReader.document(from: text, name: "deep")
        #expect(document.groups.count < 100)
        #expect(try !document.markdown().isEmpty)
        #expect(try !document.jsonBytes().isEmpty)
    }

    @Test func `deep HTML can be written`() throws {
        let text = String(repeating: "<ul><li>x", count: 5_000)
        let document = try HTMLReader.document(from: text, name: "deep")
        #expect(try !document.jsonBytes().isEmpty)
        #expect(document.texts.count == 5_000 || document.texts.count < 256)
    }

    @Test func `too many items or cells are refused`() {
        let items = String(repeating: "<p>x", count: 500_001)
        #expect(throws: FormatFailure.tooLarge("it has more than 500000 items")) { try HTMLReader.document(from: items, name: "x") }
        let wide = "<table>" + String(repeating: "<tr><td colspan=1000 rowspan=1000>x", count: 2_000)
        #expect(throws: FormatFailure.self) { try HTMLReader.document(from: wide, name: "x") }
        let columns = String(repeating: "a|", count: 2_000) + "\n" + String(repeating: "-|", count: 2_000) + "\n"
        let tall = columns + String(repeating: "|x\n", count: 1_000)
        #expect(throws: FormatFailure.self) { try MarkdownReader.document(from: tall, name: "x") }
    }

    @Test func `a long target that is used often is refused`() {
        let text = "[a]: " + String(repeating: "x", count: 100_000) + "\n\n" + String(repeating: "[a] *b* ", count: 10_000)
        #expect(throws: FormatFailure.self) { try MarkdownReader.document(from: text, name: "x") }
    }

    @Test func `any bytes are a document`() throws {
        var state: UInt64 = 42
        let alphabet = Array("<>/!-[]()*_`~|#&;:= \n\t\"'\\abp1.htdlué\u{A0}".unicodeScalars)
        for _ in 0..<400 {
            var text = ""
            for _ in 0..<300 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text.unicodeScalars.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            for document in [try HTMLReader.document(from: text, name: "x"), try MarkdownReader.document(from: text, name: "x")] {
                #expect(try DoclingDocument(json: document.jsonBytes()) == document)
                #expect(try document.markdown().utf8.count < 1 << 20)
            }
        }
    }
}
