import ColophonCore
import Testing

/// Names, tags, metadata and times as clients write them.
@Suite struct DocumentEditTests {
    @Test func `tags are trimmed, folded, each once and sorted`() throws {
        #expect(try DocumentTag.normalized([" Finance ", "Q1   Report", "finance"]) == ["finance", "q1 report"])
        #expect(try DocumentTag.normalized(["b", "É", "a"]) == ["a", "b", "é"])
        #expect(try DocumentTag.normalized([String(repeating: "x", count: 100)]).count == 1)
        for wrong in [[""], ["  "], [String(repeating: "x", count: 101)], ["a\u{0}b"], (0..<51).map { "tag \($0)" }] {
            #expect(throws: ColophonError.self) { try DocumentTag.normalized(wrong) }
        }
    }

    @Test func `a tag edit changes something, and what is added and removed is added`() throws {
        #expect(throws: ColophonError.self) { try TagEdit(add: [], remove: []) }
        let edit = try TagEdit(add: ["A", "b"], remove: ["a", "c"])
        #expect(try edit.applied(to: ["c", "d"]) == ["a", "b", "d"])
        #expect(throws: ColophonError.self) { try DocumentEdit() }
    }

    @Test(arguments: [
        ("a.pdf", "a (2).pdf"), ("a", "a (2)"), (".profile", ".profile (2)"), ("a.tar.gz", "a.tar (2).gz"), ("a. b", "a. b (2)"),
        ("a.", "a. (2)"),
    ])
    func `a number stands before the extension`(name: String, numbered: String) {
        #expect(DocumentName.numbered(name, 2) == numbered)
        let long = String(repeating: "n", count: 255 - name.count) + name
        #expect(DocumentName.numbered(long, 12).count == 255)
    }

    @Test func `a name that nothing is left of is refused`() throws {
        // It is no path.
        #expect(try DocumentName.shown("Invoices 2024/25,  my file.pdf") == "Invoices 2024/25, my file.pdf")
        #expect(try DocumentName.shown("document") == "document")
        for name in ["", " ", "..", "\u{0}\u{202E}"] { #expect(throws: ColophonError.self) { try DocumentName.shown(name) } }
    }

    @Test func `metadata is a JSON object`() throws {
        #expect(try DocumentMetadata(nil) == .empty && DocumentMetadata(" \n") == .empty)
        #expect(try DocumentMetadata(#" {"a": [1, null]}"#).json == #" {"a": [1, null]}"#)
        func code(_ text: String) -> ColophonError.Code? {
            do { return try DocumentMetadata(text).json.isEmpty ? nil : nil } catch { return (error as? ColophonError)?.code }
        }
        #expect(code("{") == .badRequest && code("[]") == .invalid && code(#""a""#) == .invalid)
        #expect(code("{\"a\":\"" + String(repeating: "x", count: 65_536) + "\"}") == .invalid)
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-03-01T12:30:15.250Z", 1_772_368_215_250),
            ("2026-03-01T12:30:15.25+02:00", 1_772_361_015_250),
            ("2000-02-29", 951_782_400_000), ("1969-12-31T23:59:59.999-00:00", -1), ("2026-03-01t12:30:15z", 1_772_368_215_000),
        ] as [(String, Int64)])
    func `times are read as RFC 3339 writes them`(text: String, milliseconds: Int64) {
        #expect(Timestamp(text: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-02-29", "2026-13-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00Zx", "٢٠٢٦-01-01",
    ])
    func `what is no time is none`(text: String) { #expect(Timestamp(text: text) == nil) }

    @Test func `a file's type is told by its media type`() {
        let types = [
            "application/pdf": FileType.pdf, "image/x": .image, "text/html": .html, "text/markdown": .markdown, "text/csv": .text,
            "application/zip": .archive, "application/vnd.ms-excel": .office, "application/msword": .office, "application/json": .other,
        ]
        for (contentType, type) in types { #expect(FileType.of(contentType) == type) }
    }
}
