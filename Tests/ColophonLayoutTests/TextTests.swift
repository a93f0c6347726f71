import DoclingDocument
import Testing

@testable import ColophonLayout

@Suite struct TextTests {
    private func words(_ page: SyntheticPage) -> [String] {
        let glyphs = page.content.glyphs
        let words = WordBuilder.words(of: glyphs)
        let composer = TextComposer(glyphs: glyphs, words: words)
        return words.indices.map { composer.text(of: [Int32($0)], isRightToLeft: false) }
    }

    @Test func `a gap parts words even where no space is drawn`() {
        var page = SyntheticPage()
        page.text("two words", x: 50, y: 700, spaces: false)
        #expect(words(page) == ["two", "words"])
    }

    @Test func `letters that touch are one word across fonts and objects`() {
        var page = SyntheticPage()
        page.text("half", x: 50, y: 700)
        page.text("bold", x: 70, y: 700, style: .bold)
        #expect(words(page) == ["halfbold"])
    }

    @Test func `text on another baseline begins a new word and line`() {
        var page = SyntheticPage()
        page.text("upper", x: 50, y: 700)
        page.text("lower", x: 50, y: 650)
        #expect(page.layout.lines.map(\.text) == ["upper", "lower"])
    }

    @Test func `a word drawn later in the middle of a line takes its place there`() {
        var page = SyntheticPage()
        page.text("one", x: 50, y: 700)
        page.text("three", x: 90, y: 700)
        page.text("two", x: 70, y: 700)
        page.text("below", x: 50, y: 600)
        #expect(page.layout.lines.map(\.text) == ["one two three", "below"])
    }

    @Test func `ligatures are spelt out and accents composed`() {
        var page = SyntheticPage()
        page.text("\u{FB01}ne e\u{301}", x: 50, y: 700)
        #expect(page.layout.lines.first?.text.unicodeScalars.elementsEqual("fine \u{E9}".unicodeScalars) == true)
    }

    @Test func `a hyphen at the end of a line is undone before lower case only`() {
        #expect(BlockText.paragraph(["an exam-", "ple of it"]) == "an example of it")
        #expect(BlockText.paragraph(["the Anglo-", "Saxon way"]) == "the Anglo-Saxon way")
        #expect(BlockText.paragraph(["a self-", "made man"]) == "a self-made man")
        #expect(BlockText.paragraph(["from 3 -", "to 4"]) == "from 3 - to 4")
    }

    @Test func `Chinese lines are joined without a space`() {
        #expect(BlockText.paragraph(["\u{4E2D}\u{6587}", "\u{6587}\u{672C}"]) == "\u{4E2D}\u{6587}\u{6587}\u{672C}")
    }

    @Test func `words of a right-to-left line are read from the right, numbers and Latin within it from the left`() {
        var page = SyntheticPage()
        // As it is seen: third, "AB 12", first. Letters within a word are in logical order, as PDFium gives them.
        page.text("\u{5D3}\u{5D4}\u{5D5}\u{5D6}", x: 50, y: 700)
        page.text("AB", x: 75, y: 700)
        page.text("12", x: 90, y: 700)
        page.text("\u{5D0}\u{5D1}\u{5D2}\u{5D7}", x: 105, y: 700)
        #expect(page.layout.lines.map(\.text) == ["\u{5D0}\u{5D1}\u{5D2}\u{5D7} AB 12 \u{5D3}\u{5D4}\u{5D5}\u{5D6}"])
    }

    @Test(arguments: [0x00, 0x1F, 0x7F, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x11_0000, 0xD800] as [UInt32])
    func `what is no text is dropped`(code: UInt32) {
        #expect(ScalarCleaner.clean(code) == nil)
    }

    @Test(arguments: [(0x41, "A"), (0xA0, " "), (0x02, "-"), (0x1F600, "\u{1F600}")] as [(UInt32, Unicode.Scalar)])
    func `what is text is kept, white space as a space`(code: UInt32, scalar: Unicode.Scalar) {
        #expect(ScalarCleaner.clean(code) == scalar)
    }

    @Test func `the same glyph drawn twice a hair apart counts once, a doubled letter twice`() {
        var filter = DuplicateFilter()
        filter.reserve(8)
        func glyph(_ x: Float) -> Glyph {
            Glyph(box: Box(x0: x, y0: 0, x1: x + 5, y1: 10), baseline: 2, size: 10, scalar: "l", flags: [], direction: 0)
        }
        var glyphs: [Glyph] = []
        for (x, object, isNew) in [(50, 1, true), (50.4, 2, false), (55, 1, true), (50.1, 1, true)] as [(Float, Int32, Bool)] {
            let earlier = filter.earlier(like: glyph(x), object: object, in: glyphs)
            #expect((earlier == nil) == isNew, "at \(x)")
            if earlier == nil { glyphs.append(glyph(x)) }
        }
    }

    @Test func `a page's words stand where they are drawn, from the top, and travel as they are`() throws {
        var page = SyntheticPage()
        page.text("Total 42,50", x: 50, y: 700)
        page.text("sideways", x: 300, y: 300, direction: 1)
        var layout = PageAnalyzer(keepsWords: true).layout(of: page.content, number: 3)
        let words = layout.takeWords()
        #expect(words.number == 3 && words.words.map(\.text) == ["Total", "42,50"] && layout.words.isEmpty)
        let first = try #require(words.words.first)
        #expect(first.left == 50 && first.right == 75 && abs(first.top - 92) < 0.01 && abs(first.bottom - 102) < 0.01)
        #expect(try PageText(number: 3, bytes: words.bytes(max: 1000)) == words)
        #expect(try PageText(number: 3, bytes: words.bytes(max: 50)).words.map(\.text) == ["Total"])
        #expect(PageAnalyzer().layout(of: page.content, number: 1).words.isEmpty)
        for bytes in ["", "1 2\n", "1 2 0\n5 5 5 x\n", "1 2 0\n1 2 3 4\n", "a b c\n"] {
            #expect(throws: DoclingDocumentError.self) { _ = try PageText(number: 1, bytes: Array(bytes.utf8)) }
        }
    }

    @Test func `on a page that is hardly larger than its image, the image is a picture`() {
        var page = SyntheticPage()
        (page.content.width, page.content.height) = (40, 20)
        page.content.images = [Box(x0: 0, y0: 0, x1: 40, y1: 20)]
        #expect(page.document.pictures.count == 1)
        page.content.width = 400
        page.content.height = 400
        #expect(page.document.pictures.isEmpty)
    }
}
