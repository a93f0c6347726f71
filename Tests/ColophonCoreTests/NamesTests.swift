import ColophonCore
import Testing

@Suite struct NamesTests {
    @Test(arguments: ["doc-1", "ocr-A_b-9", "doc-" + String(repeating: "a", count: 124), "01a1fc7e-3f9d-78d4-8622-36fbbe94445f"])
    func `a client may choose such an id`(text: String) throws {
        #expect(try DocumentID(chosen: text).rawValue == text)
    }

    @Test(arguments: [
        "", "doc-", "doc", "doc-../x", "doc-a/b", "doc-ä", "doc-a b", "doc-a\n", "x-1", "DOC-1",
        "doc-" + String(repeating: "a", count: 125),
        "01a1fc7e-3f9d-78d4-8622-36fbbe94445", "01A1FC7E-3F9D-78D4-8622-36FBBE94445F", "..", "%2e%2e",
    ])
    func `a client may not choose such an id`(text: String) {
        let error = #expect(throws: ColophonError.self) { _ = try DocumentID(chosen: text) }
        #expect(error?.code == .invalid)
    }

    @Test(arguments: [
        ("report.pdf", "report.pdf"), ("../../etc/passwd", "passwd"), ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
        ("..", "document"), ("", "document"), ("a\u{202E}fdp.exe", "afdp.exe"), ("  a   b  ", "a b"),
        ("Überweisung.pdf", "Überweisung.pdf"),
        ("a\u{0}b", "ab"), ("/", "document"),
    ])
    func `an original name is shown without what could harm`(sent: String, kept: String) {
        #expect(OriginalName.sanitized(sent) == kept)
    }

    @Test func `an original name is bounded`() {
        #expect(OriginalName.sanitized(String(repeating: "é", count: 5000)).count == OriginalName.charactersMax)
        #expect(OriginalName.sanitized(nil) == "document")
    }

    @Test(
        arguments: [
            ("%PDF-1.7", "text/plain", "application/pdf"), ("junk%PDF-1.7", nil, "application/pdf"),
            ("hello", "text/plain; charset=utf-8", "text/plain"), ("hello", "application/pdf", "application/octet-stream"),
            ("hello", "not a type", "application/octet-stream"), ("hello", nil, "application/octet-stream"),
            ("GIF89a", "image/png", "image/gif"), ("PK\u{3}\u{4}", "text/plain", "application/zip"),
            ("PK\u{3}\u{4}", nil, "application/zip"),
            ("PK\u{3}\u{4}", "application/epub+zip", "application/epub+zip"), ("hello", "application/epub+zip", "application/octet-stream"),
        ] as [(String, String?, String)])
    func `the bytes decide what a document is, where they can`(head: String, declared: String?, type: String) {
        #expect(ContentType.sniff(Array(head.utf8), declared: declared) == type)
    }

    @Test func `identifiers sort by the time they were made`() {
        let moments = (0..<200).map { Timestamp(milliseconds: 1_800_000_000_000 + $0 * 7) }
        let ids = moments.map { moment in
            var machine = Machine.real
            machine.wallClock = ManualClock(at: moment)
            return UUIDv7.make(on: machine)
        }
        #expect(ids == ids.sorted() && Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.count == 36 && $0.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12] })
        #expect(ids.allSatisfy { $0.split(separator: "-")[2].hasPrefix("7") && "89ab".contains($0.split(separator: "-")[3].first!) })
    }

    @Test(arguments: ["", "a//b", "/a", "a/", "a/../b", ".", "a b", "ä", "a\n"])
    func `a stray file's name is no blob key`(name: String) {
        #expect(BlobKey(listed: name) == nil)
    }
}
