import Testing

@testable import ColophonFormats

@Suite struct ZipArchiveTests {
    private func open(_ bytes: [UInt8], reading name: String? = nil) throws -> [UInt8]? {
        let inflater = try #require(Inflater.load())
        return try bytes.withUnsafeBytes { bytes in
            var archive = try ZipArchive(bytes, inflater: inflater)
            return try name.map { try archive.read($0) } ?? nil
        }
    }

    private func failure(_ bytes: [UInt8], reading name: String? = nil) -> FormatFailure? {
        do {
            _ = try open(bytes, reading: name)
            return nil
        } catch { return error as? FormatFailure }
    }

    private func isDamaged(_ failure: FormatFailure?) -> Bool {
        if case .damaged = failure { true } else { false }
    }

    private func isTooLarge(_ failure: FormatFailure?) -> Bool {
        if case .tooLarge = failure { true } else { false }
    }

    @Test(arguments: [false, true]) func `stored and deflated entries come out as they went in`(isDeflated: Bool) throws {
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let zip = ZipFixture([.init(name: "Word/a.xml", content: content, isDeflated: isDeflated), .init(name: "empty")])
        #expect(try open(zip.bytes, reading: "word/A.xml") == content)
        #expect(try open(zip.bytes, reading: "empty") == [])
        #expect(try open(zip.bytes, reading: "absent") == nil)
    }

    @Test func `a file made by another program is read`() throws {
        // python3: zipfile.ZipFile(…, "w", zipfile.ZIP_DEFLATED).writestr("a.txt", "hello " * 20)
        let hex =
            "504b0304140000000800000021002ffaf8480b0000007800000005000000612e747874cb48cdc9c957c8a03b0900504b0102"
            + "1403140000000800000021002ffaf8480b00000078000000050000000000000000000000800100000000612e747874504b05"
            + "060000000001000100330000002e0000000000"
        let digits = Array(hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        #expect(try open(bytes, reading: "a.txt") == [UInt8](String(repeating: "hello ", count: 20).utf8))
    }

    @Test func `an empty deflated entry is read`() throws {
        #expect(try open(ZipFixture([.init(name: "a", isDeflated: true)]).bytes, reading: "a") == [])
    }

    @Test func `every cut of a file is refused or harmless`() throws {
        let whole = ZipFixture(["[Content_Types].xml": "<a/>", "word/document.xml": "<b>text</b>"], isDeflated: true).bytes
        for count in 0..<whole.count { #expect(isDamaged(failure([UInt8](whole[..<count]), reading: "word/document.xml"))) }
    }

    @Test func `no flipped bit crashes`() throws {
        let whole = ZipFixture(["[Content_Types].xml": "<a/>", "word/document.xml": "<b>text</b>"], isDeflated: true).bytes
        for index in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[index] ^= 1 << bit
                _ = failure(bytes, reading: "word/document.xml")
            }
        }
    }

    @Test func `a bomb stops at the bound`() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let packed = ZipFixture.Entry(name: "a", content: zeros, isDeflated: true)
        #expect(
            isTooLarge(failure(ZipFixture([.init(name: "a", content: [1], isDeflated: true, declaredCount: 1 << 30)]).bytes, reading: "a")))
        // Says less than it holds: nothing beyond what it says is unpacked.
        var lie = packed
        lie.declaredCount = 1_000
        #expect(isDamaged(failure(ZipFixture([lie]).bytes, reading: "a")))
        let inflater = try #require(Inflater.load())
        try ZipFixture([packed]).bytes.withUnsafeBytes { bytes in
            var archive = try ZipArchive(bytes, inflater: inflater, inflatedBytesMax: 6 << 20)
            for _ in 0..<6 { #expect(try archive.read("a")?.count == zeros.count) }
            #expect(throws: FormatFailure.self) { try archive.read("a") }
        }
    }

    @Test func `lies about sizes and checksums are found`() {
        for isDeflated in [false, true] {
            let entry = ZipFixture.Entry(name: "a", content: [1, 2, 3], isDeflated: isDeflated)
            for count in [0, 2, 4, 1_000_000] {
                var lie = entry
                lie.declaredCount = count
                #expect(isDamaged(failure(ZipFixture([lie]).bytes, reading: "a")))
            }
            var lie = entry
            lie.checksum = 7
            #expect(isDamaged(failure(ZipFixture([lie]).bytes, reading: "a")))
        }
    }

    @Test func `entries that overlap, share a name or lie elsewhere are refused`() {
        #expect(isDamaged(failure(ZipFixture([.init(name: "a", content: [1]), .init(name: "b", declaredOffset: 0)]).bytes)))
        #expect(isDamaged(failure(ZipFixture([.init(name: "a"), .init(name: "A")]).bytes)))
        #expect(isDamaged(failure(ZipFixture([.init(name: "a", declaredOffset: 0x7FFF_FFFF)]).bytes)))
        #expect(isDamaged(failure(ZipFixture([.init(name: "a", declaredOffset: 0xFFFF_FFFF)]).bytes)))
    }

    @Test func `a hundred thousand entries are too many`() {
        #expect(isTooLarge(failure(ZipFixture((0..<100_000).map { .init(name: "\($0)") }).bytes)))
        #expect(failure(ZipFixture((0..<10_000).map { .init(name: "\($0)") }).bytes) == nil)
    }

    @Test func `names that lead elsewhere are only names`() throws {
        let zip = ZipFixture(["../../etc/passwd": "x", "/etc/shadow": "y"])
        #expect(try open(zip.bytes, reading: "../../etc/passwd") == [UInt8]("x".utf8))
    }

    @Test func `encrypted files say so`() {
        #expect(failure(ZipFixture([.init(name: "a", isEncrypted: true)]).bytes) == .passwordProtected)
        var compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1_016)
        #expect(failure(compound) == .damaged("it is an older binary office file"))
        compound.replaceSubrange(640..<672, with: "EncryptedPackage".utf16.flatMap { [UInt8($0), 0] })
        #expect(failure(compound) == .passwordProtected)
    }
}
