import Testing

@testable import ColophonFormats

@Suite struct OfficeFormatTests {
    private func sniff(_ bytes: [UInt8]) throws -> OfficeFormat? {
        let inflater = try #require(Inflater.load())
        return bytes.withUnsafeBytes { OfficeFormat.sniff($0, inflater: inflater) }
    }

    @Test func `formats are told by the parts`() throws {
        #expect(try sniff(OfficeFixture.docx("")) == .docx)
        #expect(try sniff(OfficeFixture.xlsx([])) == .xlsx)
        #expect(try sniff(OfficeFixture.pptx([])) == .pptx)
        #expect(try sniff(OfficeFixture.package(main: "word/document22.xml", [("word/document22.xml", "<a/>")])) == .docx)
    }

    @Test func `other files are none of them`() throws {
        #expect(try sniff([]) == nil)
        #expect(try sniff([UInt8]("%PDF-1.7".utf8)) == nil)
        #expect(try sniff(ZipFixture(["mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"]).bytes) == nil)
    }
}
