import ColophonCore
import ColophonExtraction
import ColophonSamples
import ColophonTestSupport
import DoclingDocument
import Foundation
import Testing

/// The real child with the real Tesseract, on pages that were drawn from known words.
@Suite(.timeLimit(.minutes(5))) struct RecognitionTests {
    private func extract(_ bytes: [UInt8], languages: [String] = ["eng"], limits: Limits = Limits()) async throws -> Extraction {
        var limits = limits
        limits.recognitionLanguages = languages
        let seen = NativeExtractorTests.Seen()
        let extraction = try await withDescriptor(of: bytes) { descriptor in
            try await NativeExtractor(program: ChildProgram(path: Programs.child), limits: limits).extract(
                ExtractionSource(descriptor: descriptor, name: "scan", settings: RunSettings(recognitionLanguages: languages))
            ) { seen.add($0) }
        }
        // However often the document was begun, nobody is told so.
        #expect(seen.all.map(\.done) == Array(0...extraction.document.pages.count))
        return extraction
    }

    private func withDescriptor<Answer>(of bytes: [UInt8], _ body: (Int32) async throws -> Answer) async throws -> Answer {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/input"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await body(descriptor)
    }

    /// A page of invented words as an image, and its words.
    private func page() async throws -> (png: [UInt8], words: Set<String>) {
        let pdf = SamplePDF.bytes(pages: 1, linesPerPage: 15)
        let png = try await withDescriptor(of: pdf) { descriptor in
            try await NativePageRenderer(program: ChildProgram(path: Programs.child), limits: Limits()).render(
                PageDrawing(pageNumber: 1, width: 2000), descriptor: descriptor)
        }
        return (png, Self.words(of: try await extract(pdf).document))
    }

    private static func words(of document: DoclingDocument) -> Set<String> {
        Set(document.texts.flatMap { $0.text.lowercased().split { !$0.isLetter }.map(String.init) })
    }

    @Test func `an image gives its words, where they are, and says how they were read`() async throws {
        let (png, words) = try await page()
        let extraction = try await extract(png)
        #expect(Self.words(of: extraction.document) == words && extraction.warnings == [])
        let heading = try #require(extraction.document.texts.first)
        #expect(heading.text.hasPrefix("Chapter 1") && heading.label == .sectionHeader)
        let size = try #require(extraction.document.pages[1]?.size)
        let box = try #require(heading.prov.first?.bbox)
        // On its page of 792 points the heading stands at 740, an inch from the left.
        #expect(abs(box.bottom / size.height - 737 / 792.0) < 0.01 && abs(box.left / size.width - 72 / 612.0) < 0.01)
        let note = try #require(heading.prov.first?.extra["colophon__ocr"])
        #expect(note["engine"]?.string?.hasPrefix("tesseract 5") == true && note["languages"] == ["eng"])
        #expect(note["page_confidence"]?.double ?? 0 > 0.8)
        #expect(extraction.document.pictures.map(\.contentLayer) == [.background])
        #expect(try await extract(png).document.jsonBytes() == extraction.document.jsonBytes())
    }

    @Test func `a scanned page of a PDF gives its words, also where it lies on its side`() async throws {
        let (png, words) = try await page()
        #expect(Self.words(of: try await extract(#require(ScannedPDF.bytes(png: png))).document) == words)
        for degrees in [90, 180, 270] {
            let document = try await extract(#require(ScannedPDF.bytes(png: png, rotation: degrees))).document
            #expect(Self.words(of: document) == words, "\(degrees)")
            let size = try #require(document.pages[1]?.size)
            #expect(size.width.rounded() == (degrees == 180 ? 612 : 792))
            let box = try #require(document.texts.first?.prov.first?.bbox)
            // Turned clockwise, what stood near the top left stands near the top right, the bottom right, the bottom left.
            let isRight = box.left + box.right > size.width
            let isTop = box.top + box.bottom > size.height
            #expect([isRight, isTop] == [[true, true], [true, false], [false, false]][degrees / 90 - 1], "\(degrees)")
        }
    }

    @Test func `without what it takes the run completes, and names the pages`() async throws {
        let (png, _) = try await page()
        let pdf = try #require(ScannedPDF.bytes(png: png))
        for bytes in [png, pdf] {
            let off = try await extract(bytes, languages: [])
            #expect(off.warnings.map(\.code) == [.pagesNotRecognized] && off.warnings.first?.pages == [1])
            #expect(off.document.texts.isEmpty && off.document.pictures.count == 1 && off.document.pages.count == 1)
            let missing = try await extract(bytes, languages: ["eng", "zxx_none"])
            #expect(missing.warnings.first?.message.contains("no data for zxx_none") == true)
            #expect(missing.warnings.first?.message.contains("eng") == false && missing.warnings.first?.pages == [1])
        }
        #expect(try await extract(SamplePDF.bytes(pages: 2), languages: []).warnings == [])
        // Nobody can ask a process to recognise that is not to.
        var limits = Limits()
        limits.recognitionLanguages = []
        let asked = try await withDescriptor(of: png) { descriptor in
            try await NativeExtractor(program: ChildProgram(path: Programs.child), limits: limits).extract(
                ExtractionSource(descriptor: descriptor, name: "scan", settings: RunSettings(recognitionLanguages: ["eng"]))
            ) { _ in }
        }
        #expect(asked.warnings.map(\.code) == [.pagesNotRecognized])
    }

    @Test func `a page that takes too long to be recognised ends its run`() async throws {
        let (png, _) = try await page()
        var limits = Limits()
        limits.recognitionPageTimeout = .milliseconds(20)
        let failure = await #expect(throws: RunFailure.self) { _ = try await extract(png, limits: limits) }
        #expect(failure?.code == .timeoutParse)
    }

    @Test func `a damaged image is refused by name, wherever the damage is`() async throws {
        let (png, _) = try await page()
        for count in [9, 20, 33, 60, png.count / 3] {
            let failure = await #expect(throws: RunFailure.self, "\(count)") { _ = try await extract(Array(png.prefix(count))) }
            #expect(failure?.code == .parseFailed, "\(count)")
        }
        var huge = png
        huge.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
        let failure = await #expect(throws: RunFailure.self) { _ = try await extract(huge) }
        #expect(failure?.message.contains("pixels") == true)
    }
}
