import DoclingDocument
import Testing

@Suite struct PlainTextTests {
    @Test func `lists keep their markers and nothing is escaped, as docling-core exports it`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("lists.json"))
        #expect(try document.plainText() == SharedFiles.fixtureText("lists.txt"))
    }

    @Test func `marks of Markdown are left out`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("texts.json"))
        let text = try document.plainText()
        for mark in ["#", "**", "](https", "&lt;", "\\_ ", "formula-not-decoded"] { #expect(!text.contains(mark)) }
        #expect(text.contains("snake_case"))
    }

    @Test func `tables keep their bars, texts theirs, and placeholders are left out`() throws {
        let tables = try DoclingDocument(json: SharedFiles.fixture("tables.json")).plainText()
        #expect(tables.contains("| a|b "))
        let figures = try DoclingDocument(json: SharedFiles.fixture("figures.json")).plainText()
        #expect(!figures.contains("<!--"))
        #expect(figures.contains("A <description>."))
    }

    @Test func `one page shows only the items that begin on it`() throws {
        let document = try DoclingDocument(json: SharedFiles.fixture("figures.json"))
        #expect(try document.plainText(pageNumber: 3).contains("on page three"))
        #expect(!(try document.plainText(pageNumber: 3).contains("Figure_1")))
    }
}
