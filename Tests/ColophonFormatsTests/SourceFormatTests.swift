import DoclingDocument
import Testing

@testable import ColophonFormats

/// What a document's bytes, type and name say it is.
@Suite struct SourceFormatTests {
    private func format(_ text: String, type: String = "", name: String = "document") -> SourceFormat? {
        format(Array(text.utf8), type: type, name: name)
    }

    private func format(_ bytes: [UInt8], type: String = "", name: String = "document") -> SourceFormat? {
        bytes.withUnsafeBytes { SourceFormat.of($0, type: type, name: name, inflater: Inflater.load()) }
    }

    @Test func `text goes by its type, then by its name, and HTML by itself`() {
        #expect(format("# a", type: "text/markdown") == .markdown && format("# a", type: "text/plain", name: "a.MD") == .markdown)
        #expect(format("a,b", name: "a.csv") == .csv)
        #expect(format("a", name: "a.txt") == .plainText && format("a", type: "text/plain") == .plainText)
        #expect(format("\u{FEFF} <!DOCTYPE html>", name: "a.txt") == .html && format("<HTML>") == .html)
        for name in ["document", "a.pdf", "a.exe", ".md.", "md"] { #expect(format("hello", name: name) == nil, "\(name)") }
    }

    @Test func `bytes that are no text are no text, whatever they are called`() {
        #expect(format([0, 1, 2], name: "a.md") == nil && format([0x81, 0x41], name: "a.txt") == nil)
        #expect(format([0xFF, 0xFE, 0x41, 0x00], name: "a.txt") == .plainText && format([0xFF, 0xFE, 0x41], name: "a.txt") == nil)
        #expect(format([], name: "a.txt") == .plainText)
    }

    @Test func `text of older Windows is read where nothing says otherwise`() throws {
        let bytes: [UInt8] = Array("name;price\nGr".utf8) + [0xF6, 0xDF, 0x65] + Array(";12 ".utf8) + [0x80]
        #expect(format(bytes, name: "a.csv") == .csv)
        let document = try bytes.withUnsafeBytes { try SourceFormat.csv.document(from: $0, name: "a.csv", inflater: nil) }
        #expect(document.tables.first?.data.cells.map(\.text) == ["name", "price", "Gr\u{F6}\u{DF}e", "12 \u{20AC}"])
        let page = { (charset: String) in Array("<html><meta charset=\"\(charset)\"><p>".utf8) + [0xE4] }
        #expect(format(page("ISO-8859-1")) == .html && format(page("utf-8")) == .html && format(page("koi8-r")) == nil)
    }

    @Test func `a damaged office file is told from a file of no known kind`() throws {
        let broken = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 7, count: 100)
        #expect(format(broken, name: "a.docx") == .office(.docx))
        #expect(format(broken, type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") == .office(.xlsx))
        #expect(format(broken, name: "a.zip") == nil && format(broken, type: "application/vnd.openxmlformats-officedocument.x") == nil)
        try broken.withUnsafeBytes { bytes in
            for inflater in [Inflater.load(), nil] {
                let error = #expect(throws: FormatFailure.self) {
                    try SourceFormat.office(.docx).document(from: bytes, name: "a.docx", inflater: inflater)
                }
                guard case .damaged = try #require(error) else { continue }
            }
        }
        let older: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        #expect(format(older, name: "a.doc") == .olderOffice)
    }
}
