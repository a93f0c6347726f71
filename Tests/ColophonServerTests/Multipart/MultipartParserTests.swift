import ColophonCore
import Testing

@testable import ColophonServer

@Suite struct MultipartParserTests {
    private static let form = Form(
        parts: [
            .init("metadata", "{\"a\": 1}"),
            .init("file", fileName: "a.pdf", contentType: "application/pdf", "%PDF-\r\n--\r\n----FormBoundary\r"),
            .init("empty", ""), .init("tags", "[\"x\"]\r\n"),
        ])

    @Test func `a form reads the same wherever it is cut`() {
        let bytes = Self.form.bytes
        let whole = ParsedForm([bytes[...]], boundary: Self.form.boundary)
        #expect(whole.parts == Self.form.parts && whole.isComplete && whole.error == nil)
        for cut in 0...bytes.count {
            #expect(ParsedForm([bytes[..<cut], bytes[cut...]], boundary: Self.form.boundary) == whole, "cut at \(cut)")
        }
        #expect(ParsedForm(bytes.indices.map { bytes[$0...$0] }, boundary: Self.form.boundary) == whole)
    }

    @Test func `a form that breaks off anywhere is not complete`() {
        let bytes = Self.form.bytes
        for end in 0..<(bytes.count - 2) {
            #expect(!ParsedForm([bytes[..<end]], boundary: Self.form.boundary).isComplete, "ends at \(end)")
        }
    }

    @Test(arguments: 0..<40)
    func `content that looks like boundaries comes out as it went in`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let alphabet = Array("\r\n-Bx".utf8)
        for _ in 0..<25 {
            let boundary = String("BxBB-x".prefix(Int.random(in: 1...6, using: &random))).replacing(/-$/, with: "x")
            let parts = (0..<Int.random(in: 1...4, using: &random)).map { index in
                let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
                // A sender chooses a boundary that its content does not hold.
                let holds = ([0x0D, 0x0A] + bytes).contains(Array("\r\n--\(boundary)".utf8))
                return Form.Part("p\(index)", holds ? [] : bytes)
            }
            let form = Form(boundary: boundary, parts: parts)
            let parsed = ParsedForm(random.cut(form.bytes), boundary: boundary)
            #expect(parsed.parts == parts && parsed.isComplete && parsed.error == nil, "seed \(seed)")
        }
    }

    @Test(arguments: 100..<140)
    func `damaged forms end alike however they are cut, and never otherwise than in an error or a form`(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<25 {
            var bytes = Self.form.bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(contentsOf: bytes[at..<min(at + 20, bytes.count)], at: at)
                }
            }
            let whole = ParsedForm([bytes[...]], boundary: Self.form.boundary)
            #expect(ParsedForm(random.cut(bytes), boundary: Self.form.boundary) == whole, "seed \(seed)")
        }
    }

    @Test(
        arguments: [
            ("a b.pdf", "a b.pdf"), ("a%22b%0D%0A.pdf", "a\"b\r\n.pdf"), ("100%25.pdf", "100%25.pdf"), (#"a\"b.pdf"#, "a\"b.pdf"),
            (#"C:\files\a.pdf"#, #"C:\files\a.pdf"#), (#"a\"#, #"a\"#), (#"a\\b"#, #"a\b"#), ("résumé; x=1.pdf", "résumé; x=1.pdf"),
            ("", ""),
        ])
    func `a file's name is read as browsers and other senders write it`(sent: String, name: String) {
        let form = Form(parts: [.init("file", fileName: sent, "x")])
        #expect(ParsedForm([form.bytes[...]], boundary: form.boundary).parts.first?.fileName == name)
    }

    @Test func `an extended name says more than a plain one, unless it cannot be read`() throws {
        func name(_ parameters: String) throws -> String? {
            try MultipartHead(block: Array("content-disposition: form-data; name=file; \(parameters)\r\n".utf8)).fileName
        }
        #expect(try name("filename=\"x.pdf\"; filename*=UTF-8''%C3%A9.pdf") == "é.pdf")
        #expect(try name("filename*=utf-8'de'%e2%82%ac; filename=x") == "€")
        #expect(try name("filename=\"x.pdf\"; filename*=KOI8-R''%C1.pdf") == "x.pdf")
        #expect(try name("filename=\"x.pdf\"; filename*=UTF-8''%FF.pdf") == "x.pdf")
    }

    @Test func `what stands outside of the parts is skipped, and a folded header is one`() {
        let text =
            "skip this\r\n--b \t\r\nContent-Disposition: form-data;\r\n name=\"file\"\r\nX: y\r\n\r\nhello\r\n--b--\r\nand this\r\n--b\r\n"
        let parsed = ParsedForm([Array(text.utf8)[...]], boundary: "b")
        #expect(parsed.parts == [.init("file", "hello")] && parsed.isComplete && parsed.error == nil)
    }

    @Test(
        arguments: [
            "--bx\r\n", "--b\n", "--b-x", "--b\r\n\r\nx", "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n",
            "--b\r\nContent-Disposition: form-data\r\n\r\n", "--b\r\nno colon\r\n\r\n", "--b\r\n: x\r\n\r\n",
            "--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n",
            "--b\r\n folded\r\n\r\n", "--b\r\nX: a\0b\r\nContent-Disposition: form-data; name=a\r\n\r\n",
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        ])
    func `what is no form is refused`(text: String) {
        let parsed = ParsedForm([Array(text.utf8)[...]], boundary: "b")
        #expect(parsed.error != nil && parsed.parts.isEmpty)
    }

    @Test func `every part of a form has its bound`() {
        func error(_ bytes: [UInt8]) -> String? { ParsedForm([bytes[...]], boundary: "b").error }
        func head(_ count: Int) -> [UInt8] {
            let start = Array("--b\r\nContent-Disposition: form-data; name=a\r\nX: ".utf8)
            return start + [UInt8](repeating: 0x78, count: count) + Array("\r\n\r\n".utf8)
        }
        #expect(error(head(8000)) == nil && error(head(8 << 10)) != nil)
        #expect(error(Array("--b\r\nContent-Disposition: form-data; name=a\r\n".utf8) + [UInt8](repeating: 0x78, count: 9000)) != nil)
        let many = Form(boundary: "b", parts: (0..<32).map { .init("p\($0)", "x") })
        #expect(error(many.bytes) == nil)
        #expect(error(Form(boundary: "b", parts: many.parts + [.init("more", "x")]).bytes) != nil)
        #expect(error([UInt8](repeating: 0x78, count: 64 << 10)) == nil && error([UInt8](repeating: 0x78, count: 64 << 10 + 1)) != nil)
        #expect(error(many.bytes + [UInt8](repeating: 0x78, count: 64 << 10)) != nil)
        #expect(error(Array("--b".utf8) + [UInt8](repeating: 0x20, count: 64 << 10 + 1)) != nil)
    }

    @Test(
        arguments: [
            nil, "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a \"",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71), "multipart/form-data; boundary=\"a\u{e9}\"",
            "multipart/mixed; boundary=a", "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a",
        ] as [String?])
    func `a boundary that can be none is refused`(header: String?) {
        #expect(throws: ColophonError.self) { try MultipartBoundary.sent(in: header) }
    }

    @Test func `a boundary is read quoted or not`() throws {
        #expect(try MultipartBoundary.sent(in: "Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c?\"") == "a b:c?")
        #expect(try MultipartBoundary.sent(in: "multipart/form-data;boundary=----x;") == "----x")
        #expect(try MultipartBoundary.sent(in: "multipart/form-data; boundary=" + String(repeating: "x", count: 70)).count == 70)
    }
}

/// A small generator whose numbers a seed repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// The bytes in pieces of random lengths, some of them empty.
    mutating func cut(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var (pieces, start): ([ArraySlice<UInt8>], Int) = ([], 0)
        while start < bytes.count {
            let end = min(start + Int.random(in: 0...20, using: &self), bytes.count)
            pieces.append(bytes[start..<end])
            start = end
        }
        return pieces
    }
}
