import DoclingDocument
import Testing

@testable import ColophonLayout

@Suite struct BlockTests {
    private static let prose = [
        "The first line of a paragraph that runs over some lines", "and goes on with a second one which is about as long as",
        "the first, before it comes to its end.",
    ]

    @Test func `lines below each other make a paragraph, a larger distance parts two`() {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 700)
        page.lines(Self.prose, x: 50, y: 600)
        #expect(page.document.texts(.text) == [BlockText.paragraph(Self.prose), BlockText.paragraph(Self.prose)])
    }

    @Test func `an indented line begins a paragraph`() {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 700)
        page.text("Another paragraph begins here and is long enough", x: 65, y: 661)
        #expect(page.document.texts(.text).count == 2)
    }

    @Test func `columns that are drawn row by row are read one after the other`() {
        var page = SyntheticPage()
        for row in 0..<12 {
            page.text("left column with row \(row) words", x: 40, y: 700 - Float(row) * 13)
            page.text("right column with row \(row) words", x: 320, y: 700 - Float(row) * 13)
        }
        let text = page.document.texts(.text).joined(separator: " ")
        let left = text.firstRange(of: "left column with row 11")
        let right = text.firstRange(of: "right column with row 0")
        #expect(left != nil && right != nil)
        if let left, let right { #expect(left.upperBound <= right.lowerBound) }
    }

    @Test func `the order of drawing is kept where nothing contradicts it`() {
        var page = SyntheticPage()
        page.lines(["right column drawn first", "and its second line"], x: 320, y: 700)
        page.lines(["left column drawn second", "and its second line"], x: 40, y: 700)
        #expect(
            page.document.texts(.text) == ["right column drawn first and its second line", "left column drawn second and its second line"])
    }

    @Test func `what stands above in a column is read first although it is drawn last`() {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 600)
        page.lines(["An introduction that stands above it all but is drawn last"], x: 50, y: 700)
        #expect(page.document.texts(.text).first?.hasPrefix("An introduction") == true)
    }

    @Test func `larger, bold and numbered lines are headings, sentences are not`() {
        var page = SyntheticPage()
        page.text("A Large Line", x: 50, y: 760, size: 18)
        page.lines(Self.prose, x: 50, y: 700)
        page.text("1.1 A Bold Line", x: 50, y: 640, style: .bold)
        page.lines(Self.prose, x: 50, y: 610)
        page.text("A bold sentence is no heading, because it ends as sentences do.", x: 50, y: 550, style: .bold)
        page.lines(Self.prose, x: 50, y: 520)
        let document = page.document
        #expect(document.texts(.sectionHeader) == ["A Large Line", "1.1 A Bold Line"])
        #expect(document.texts.first { $0.text == "1.1 A Bold Line" }?.level == 2)
    }

    @Test func `bullets make a list, items further in a list within it`() throws {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 700)
        page.text("\u{2022} first item", x: 60, y: 640)
        page.text("\u{2022} inner item", x: 80, y: 627)
        page.text("\u{2022} second item", x: 60, y: 614)
        let document = page.document
        #expect(document.texts(.listItem) == ["first item", "inner item", "second item"])
        let inner = try #require(document.texts.first { $0.text == "inner item" })
        let first = try #require(document.texts.first { $0.text == "first item" })
        #expect(document.groups.first { $0.selfRef == inner.parent?.pointer }?.parent?.pointer == first.selfRef)
    }

    @Test func `numbered items that count on are a list, a year at a line's beginning is not`() {
        var page = SyntheticPage()
        page.text("1. first", x: 60, y: 700)
        page.text("2. second", x: 60, y: 687)
        page.lines(
            ["It was founded a long time ago, that is in the year of", "19. century style, and has been here ever since then"], x: 50,
            y: 600)
        let document = page.document
        #expect(document.texts(.listItem) == ["first", "second"])
        #expect(document.texts.filter { $0.label == .listItem }.map(\.marker) == ["1.", "2."])
    }

    @Test func `a marker's tab does not part it from its text`() {
        var page = SyntheticPage()
        page.text("\u{2022}", x: 60, y: 700)
        page.text("after a wide tab", x: 100, y: 700)
        #expect(page.document.texts(.listItem) == ["after a wide tab"])
    }

    @Test func `monospaced lines are code, line by line and indented`() {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 700)
        page.text("func f() {", x: 50, y: 640, style: .monospaced)
        page.text("return", x: 74, y: 627, style: .monospaced)
        page.text("}", x: 50, y: 614, style: .monospaced)
        #expect(page.document.texts(.code) == ["func f() {\n    return\n}"])
    }

    @Test func `a paragraph goes on across a page break`() {
        var first = SyntheticPage()
        first.lines(
            ["This page ends within a sentence that has not yet come", "to the place where it could stop and rest, because of"], x: 50,
            y: 700)
        var second = SyntheticPage()
        second.lines(["the next page, which brings it to its end."], x: 50, y: 700)
        let document = SyntheticPage.document([first, second])
        #expect(document.texts.count == 1)
        #expect(document.texts.first?.prov.map(\.pageNumber) == [1, 2])
        #expect(document.texts.first?.text.hasSuffix("because of the next page, which brings it to its end.") == true)
    }

    @Test(arguments: [("\u{2022} x", 4), ("- x", 2), ("1. x", 3), ("(a) x", 4), ("iv) x", 4)])
    func `a marker is told from its text`(line: String, length: Int) {
        #expect(ListMarker(prefixOf: line)?.length == length)
    }

    @Test(arguments: ["", " ", "x", "2019. x", "word x", "\u{2022}", "1.", "(a", "a b"])
    func `what is no marker is none`(line: String) {
        #expect(ListMarker(prefixOf: line) == nil)
    }

    @Test func `a large initial belongs to the word beside it`() {
        var page = SyntheticPage()
        page.text("O", x: 50, y: 690, size: 30)
        page.text("ver the past decades much has changed in this", x: 66, y: 703)
        page.text("field, and more is about to change again.", x: 66, y: 690)
        #expect(page.document.texts(.text) == ["Over the past decades much has changed in this field, and more is about to change again."])
    }

    @Test func `a head in capitals stands apart from the text right below it`() {
        var page = SyntheticPage()
        page.lines(["THE CONTEXT OF IT"] + Self.prose, x: 50, y: 700)
        page.lines(Self.prose + Self.prose + Self.prose, x: 50, y: 500)
        let document = page.document
        #expect(document.texts(.sectionHeader) == ["THE CONTEXT OF IT"])
    }

    @Test func `a typescript is prose, however monospaced`() {
        var page = SyntheticPage()
        page.lines(Self.prose + Self.prose, x: 50, y: 700, style: .monospaced)
        let document = page.document
        #expect(document.texts(.code).isEmpty)
        #expect(!document.texts(.text).isEmpty)
    }

    @Test func `small text behind a raised number is a footnote`() {
        var page = SyntheticPage()
        page.lines(Self.prose, x: 50, y: 700)
        for (number, y) in [("1", 200), ("2", 189)] as [(String, Float)] {
            page.text(number, x: 50, y: y + 3, size: 5)
            page.text("see http://example.org for more.", x: 55, y: y, size: 8)
        }
        #expect(page.document.texts(.footnote) == ["1 see http://example.org for more.", "2 see http://example.org for more."])
    }
}
