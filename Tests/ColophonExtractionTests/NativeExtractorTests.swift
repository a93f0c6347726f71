import ColophonCore
import ColophonExtraction
import ColophonSamples
import ColophonTestSupport
import DoclingDocument
import Foundation
import Synchronization
import Testing

/// The real child, on real files.
@Suite(.timeLimit(.minutes(2))) struct NativeExtractorTests {
    private func extract(
        _ bytes: [UInt8], limits: Limits = Limits(), password: String? = nil, note: @escaping @Sendable (PageProgress) -> Void = { _ in }
    )
        async throws -> DoclingDocument
    {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/input"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await NativeExtractor(program: ChildProgram(path: Programs.child), limits: limits).extract(
            ExtractionSource(descriptor: descriptor, name: "input", password: password), progress: note
        ).document
    }

    private func failure(_ bytes: [UInt8], limits: Limits = Limits()) async -> RunFailure.Code? {
        do {
            _ = try await extract(bytes, limits: limits)
            return nil
        } catch { return (error as? RunFailure)?.code }
    }

    @Test func `a PDF becomes a document, page by page`() async throws {
        let seen = Seen()
        let document = try await extract(SamplePDF.bytes(pages: 3)) { seen.add($0) }
        #expect(document.pages.count == 3)
        #expect(try document.markdown().contains("Chapter 2:"))
        #expect(seen.all == (0...3).map { PageProgress(done: $0, total: 3) })
    }

    final class Seen: Sendable {
        private let seen = Mutex<[PageProgress]>([])
        var all: [PageProgress] { seen.withLock { $0 } }
        func add(_ progress: PageProgress) { seen.withLock { $0.append(progress) } }
    }

    @Test func `what is no PDF is refused by name`() async {
        #expect(await failure([]) == .unsupportedFormat)
        #expect(await failure(Array("hello".utf8)) == .unsupportedFormat)
        #expect(await failure(Array(repeating: 0, count: 100_000)) == .unsupportedFormat)
    }

    @Test(arguments: ProtectedPDF.allCases) func `a protected PDF opens with its password, or its owner's, and with no other`(
        sample: ProtectedPDF
    ) async throws {
        for password in [sample.password, ProtectedPDF.ownersPassword] {
            #expect(try await extract(sample.bytes, password: password).plainText().contains(ProtectedPDF.text))
        }
        for password in [nil, "wrong", ""] {
            let failure = await #expect(throws: RunFailure.self) { _ = try await extract(sample.bytes, password: password) }
            #expect(failure?.code == .passwordProtected)
            #expect(failure?.message.contains(password == nil ? "protected by a password" : "does not open") == true)
        }
    }

    @Test func `a damaged PDF is refused by name`() async {
        #expect(await failure(Array("%PDF-1.7\nnothing more".utf8)) == .parseFailed)
        #expect(
            await failure(
                Array(
                    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"
                        .utf8)) == .parseFailed)
    }

    @Test func `more pages than allowed are refused before any is read`() async {
        var limits = Limits()
        limits.pagesMax = 3
        #expect(await failure(SamplePDF.bytes(pages: 4), limits: limits) == .tooManyPages)
        #expect(await failure(SamplePDF.bytes(pages: 3), limits: limits) == nil)
    }

    @Test func `a child that makes no progress is ended, and the failure says so`() async {
        var limits = Limits()
        limits.pageTimeout = .milliseconds(1)
        #expect(await failure(SamplePDF.bytes(pages: 500), limits: limits) == .timeoutParse)
        limits = Limits()
        limits.parseTimeout = .milliseconds(50)
        #expect(await failure(SamplePDF.bytes(pages: 2000), limits: limits) == .timeoutParse)
    }

    /// On a busy machine that may come before we notice how long it has taken.
    @Test func `a child that used up its processor time took too long`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("#!/bin/sh\nkill -XCPU $$\n", to: "reader")
        try folder.write("x", to: "input")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder.path)/reader")
        let descriptor = open("\(folder.path)/input", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let failure = await #expect(throws: RunFailure.self) {
            _ = try await NativeExtractor(program: ChildProgram(path: "\(folder.path)/reader", forks: false), limits: Limits()).extract(
                ExtractionSource(descriptor: descriptor, name: "x")
            ) { _ in }
        }
        #expect(failure?.code == .timeoutParse)
    }

    @Test func `a document that needs more memory than it may have is refused for that, and nothing else is`() async {
        var limits = Limits()
        // Not even what the first page needs.
        limits.childMemoryBytesMax = 1 << 20
        #expect(await failure(SamplePDF.bytes(pages: 300), limits: limits) == .outOfMemory)
        // Everything up to here fits, and the pages do not.
        limits.childMemoryBytesMax = 256 << 20
        #expect(await failure(SamplePDF.bytes(pages: 1), limits: limits) == nil)
        #expect(await failure(Self.muchText(), limits: limits) == .outOfMemory)
    }

    /// A file that becomes millions of objects in memory.
    private static func muchText() -> [UInt8] {
        let content = Array(("BT /F 9 Tf 9 9 Td\n" + String(repeating: "(a) Tj 0 1 Td\n", count: 2_000_000)).utf8)
        return PDFFile.page("/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>") {
            $0.add(stream: content)
        }
    }

    @Test func `cancelling ends the child`() async throws {
        let task = Task { try await extract(SamplePDF.bytes(pages: 2000)) }
        try await Task.sleep(for: .milliseconds(150))
        task.cancel()
        // Reading it to the end would take longer than this suite may.
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test func `a program that is no reader is lost`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "input")
        for program in ["/bin/true", "/bin/cat", "/bin/false"].map({ ChildProgram(path: $0, forks: false) }) {
            let descriptor = open("\(folder.path)/input", O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            let extractor = NativeExtractor(program: program, limits: Limits())
            let failure = await #expect(throws: RunFailure.self) {
                _ = try await extractor.extract(ExtractionSource(descriptor: descriptor, name: "x")) { _ in }
            }
            #expect(failure?.code == .lost, "\(program.path)")
        }
    }

    /// Each process has a random order of its own for hash tables; no result may show it.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: Self.corpus), "the shared corpus is not beside the project"))
    func `every process reads the same bytes the same way`() async throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.corpus).filter { $0.hasSuffix(".pdf") }.sorted()
        let chosen = files.enumerated().filter { $0.offset % 8 == 0 || $0.element.contains("redp5110") }.map {
            "\(Self.corpus)/\($0.element)"
        }
        #expect(chosen.count > 10)
        for file in chosen {
            var answers: Set<[UInt8]> = []
            for _ in 0..<3 {
                let extractor = anew()
                let descriptor = open(file, O_RDONLY | O_CLOEXEC)
                defer { close(descriptor) }
                do {
                    answers.insert(
                        try await extractor.extract(ExtractionSource(descriptor: descriptor, name: "same")) { _ in }.document.jsonBytes())
                } catch let failure as RunFailure {
                    answers.insert(Array(failure.code.rawValue.utf8))
                }
            }
            #expect(answers.count == 1, "\(file)")
        }
    }

    @Test(arguments: [
        (
            "a.html",
            "<html><body><h1>One</h1><p>a <b>b</b> <a href='x'>c</a></p><ul><li>d<ul><li>e</li></ul></li></ul><table><tr><th>f<td>g</table>"
        ),
        ("a.md", "# One\n\n* a\n  * b\n\n| c | d |\n|---|---|\n| 1 | *2* |\n\n[e](f) `g`\n"), ("a.csv", "a;b\n1;2\n"),
        ("a.txt", "a\n\nb\n"),
    ])
    func `every process reads other formats the same way`(name: String, text: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: name)
        var answers: Set<[UInt8]> = []
        for _ in 0..<4 {
            let extractor = anew()
            let descriptor = open("\(folder.path)/\(name)", O_RDONLY | O_CLOEXEC)
            defer { close(descriptor) }
            answers.insert(
                try await extractor.extract(ExtractionSource(descriptor: descriptor, name: name)) { _ in }.document.jsonBytes())
        }
        #expect(answers.count == 1)
    }

    /// What is forked has the random order of what it is forked from.
    private func anew() -> NativeExtractor { NativeExtractor(program: ChildProgram(path: Programs.child, forks: false), limits: Limits()) }

    private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../shared/corpus")
        .standardized.path

    @Test func `a missing program is the server's fault, not the document's`() async throws {
        let extractor = NativeExtractor(program: ChildProgram(path: "/nowhere/colophon-extract"), limits: Limits())
        let error = await #expect(throws: ColophonError.self) {
            _ = try await extractor.extract(ExtractionSource(descriptor: 0, name: "x")) { _ in }
        }
        #expect(error?.code == .unavailable)
    }
}
