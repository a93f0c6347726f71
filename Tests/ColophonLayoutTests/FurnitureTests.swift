import DoclingDocument
import Testing

@testable import ColophonLayout

@Suite struct FurnitureTests {
    private func page(_ number: Int, head: String = "Annual Report", foot: String? = nil) -> SyntheticPage {
        var page = SyntheticPage()
        page.text(head, x: 50, y: 775)
        let subject = ["rain", "snowfall", "hail", "sun", "fog and mist"][number % 5]
        for row in 0..<10 { page.text("line \(row) of the text about \(subject) with words", x: 50, y: 700 - Float(row) * 13) }
        page.text(foot ?? "Page \(number) of 5", x: 280, y: 20)
        return page
    }

    @Test func `lines that repeat in the margins are furniture, whatever numbers they hold`() {
        let document = SyntheticPage.document((1...5).map { page($0) })
        #expect(document.texts(.pageHeader).count == 5)
        #expect(document.texts(.pageFooter).count == 5)
        #expect(document.texts.filter { $0.contentLayer == .furniture }.count == 10)
        #expect(!document.texts(.text).contains { $0.contains("Annual Report") })
    }

    @Test func `lines that differ from page to page stay in the text`() {
        let heads = ["Apples and pears", "Bread with butter", "Cheese at night", "Dates of all kinds", "Eggs in the morning"]
        let document = SyntheticPage.document(heads.enumerated().map { page($0 + 1, head: $1) })
        #expect(document.texts(.pageHeader).isEmpty)
        for head in heads { #expect(document.texts.contains { $0.contentLayer == .body && $0.text.contains(head) }) }
    }

    @Test func `a page number alone is furniture even on a single page`() {
        let document = page(3, head: "Introduction to it all", foot: "- 3 -").document
        #expect(document.texts(.pageFooter) == ["- 3 -"])
    }

    @Test func `numbers are masked and page numbers known`() {
        #expect(FurnitureFinder.mask("Page 12 of 345") == "page#of#")
        for text in ["7", "- 7 -", "Page 7", "Page 7 of 9", "7/9", "[7]", "xiv"] {
            #expect(FurnitureFinder.isPageNumber(FurnitureFinder.mask(text)), "\(text)")
        }
        for text in ["7 apples", "Chapter 7", "", "Total 12.50"] {
            #expect(!FurnitureFinder.isPageNumber(FurnitureFinder.mask(text)), "\(text)")
        }
    }

    @Test func `title and page number side by side at the edge are a running head`() {
        var page = page(3, head: "400", foot: "closing words of the page")
        page.text("British Husbandry", x: 250, y: 775)
        page.text("Chapter XIX", x: 500, y: 775)
        let document = page.document
        #expect(document.texts(.pageHeader).sorted() == ["400", "British Husbandry", "Chapter XIX"])
        #expect(document.texts.contains { $0.contentLayer == .body && $0.text.contains("closing words") })
    }

    @Test func `a stamp that runs sideways in the margin is furniture`() {
        var page = page(1, head: "A heading for the page", foot: "closing words of the page")
        for (index, scalar) in "arXiv stamp".unicodeScalars.enumerated() {
            let y = 300 + Float(index) * 5
            var glyph = Glyph(
                box: Box(x0: 20, y0: y, x1: 30, y1: y + 5), baseline: -28, size: 10, scalar: scalar, flags: [], direction: 3)
            if scalar == " " { glyph.flags.insert(.space) }
            page.content.glyphs.append(glyph)
        }
        #expect(page.document.texts.first { $0.text == "arXiv stamp" }?.contentLayer == .furniture)
    }
}
