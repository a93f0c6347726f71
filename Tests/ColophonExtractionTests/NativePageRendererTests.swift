import ColophonChild
import ColophonCore
import ColophonExtraction
import ColophonSamples
import ColophonTestSupport
import Foundation
import Testing

/// The real child, drawing; and children that lie.
@Suite(.timeLimit(.minutes(2))) struct NativePageRendererTests {
    private func render(
        _ bytes: [UInt8], page: Int = 1, width: Int = 300, limits: Limits = Limits(),
        program: ChildProgram = ChildProgram(path: Programs.child)
    ) async throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/input"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try await NativePageRenderer(program: program, limits: limits).render(
            PageDrawing(pageNumber: page, width: width), descriptor: descriptor)
    }

    private func error(
        _ bytes: [UInt8], page: Int = 1, limits: Limits = Limits(), program: ChildProgram = ChildProgram(path: Programs.child)
    ) async -> ColophonError? {
        do {
            _ = try await render(bytes, page: page, limits: limits, program: program)
            return nil
        } catch { return error as? ColophonError }
    }

    @Test func `each page becomes an image of its own`() async throws {
        let pdf = SamplePDF.bytes(pages: 2)
        let images = [
            try DecodedPNG(try await render(pdf, page: 1)), try DecodedPNG(try await render(pdf, page: 2)),
        ]
        for image in images {
            #expect(image.width == 300 && image.height == 388 && image.channels == 1)
            // Lines of text, and white between them.
            #expect(Set(image.rows).count > 100 && image.rows.filter { $0.allSatisfy { $0 == 255 } }.count > 50)
        }
        #expect(images[0].rows != images[1].rows)
        #expect(try DecodedPNG(try await render(pdf, page: 1)).rows == images[0].rows)
    }

    @Test(arguments: [PageImage.widths.lowerBound, PageImage.widths.upperBound])
    func `both ends of the widths are drawn`(width: Int) async throws {
        let png = try await render(SamplePDF.bytes(pages: 1), width: width)
        #expect(png.count <= PageImage.bytesMax && Array(png[16..<20]) == withUnsafeBytes(of: UInt32(width).bigEndian) { Array($0) })
    }

    @Test func `a page that the file does not have is told apart from a file that cannot be drawn`() async throws {
        let missing = await error(SamplePDF.bytes(pages: 2), page: 3)
        #expect(missing?.code == .notFound && missing?.reason == "PAGE_NOT_FOUND")
        for bytes in [[], Array("hello".utf8), Array(repeating: 0, count: 100_000)] as [[UInt8]] {
            let error = await error(bytes)
            #expect(error?.code == .notFound && error?.reason == "NOT_FOUND")
        }
        let damaged = await error(Array("%PDF-1.7\nnothing more".utf8))
        #expect(damaged?.code == .unavailable && (damaged?.cause as? RunFailure)?.code == .parseFailed)
    }

    @Test func `damaged files end in an image or a typed error`() async throws {
        var generator = SplitMix64(seed: 5)
        let good = SamplePDF.bytes(pages: 1, linesPerPage: 5)
        for _ in 0..<20 {
            var bytes = good
            for _ in 0..<12 { bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next()) }
            do {
                _ = try DecodedPNG(try await render(bytes))
            } catch let error as ColophonError {
                #expect([.notFound, .unavailable].contains(error.code))
            }
        }
    }

    @Test func `a child that is not done in time is ended, whatever it says meanwhile`() async throws {
        var limits = Limits()
        limits.pageTimeout = .milliseconds(200)
        let folder = try TemporaryFolder()
        // A frame now and then keeps an extraction alive, but not a drawing.
        try folder.script(
            """
            printf '\\001\\000\\000\\000\\010\\000\\000\\000\\000\\000\\000\\000\\001'
            while :; do printf '\\003\\000\\000\\000\\001x'; sleep 0.05; done
            """)
        let error = await error([1], limits: limits, program: ChildProgram(path: "\(folder.path)/reader", forks: false))
        #expect(error?.code == .unavailable && (error?.cause as? RunFailure)?.code == .timeoutParse)
    }

    @Test func `a child that runs out of memory is no trouble`() async {
        var limits = Limits()
        limits.childMemoryBytesMax = 1 << 20
        #expect(await error(SamplePDF.bytes(pages: 1), limits: limits)?.code == .unavailable)
        #expect(await error(SamplePDF.bytes(pages: 1)) == nil)
    }

    @Test func `programs that are no readers are not believed`() async throws {
        for program in ["/bin/true", "/bin/false", "/bin/cat", "/nowhere/colophon-extract"] {
            let program = ChildProgram(path: program, forks: false)
            #expect(await error([1, 2, 3], program: program)?.code == .unavailable, "\(program.path)")
        }
    }

    @Test func `an answer that is not the image which was asked for is not passed on`() async throws {
        let good = try await render(SamplePDF.bytes(pages: 1), width: 300)
        #expect(await lie(good) == nil)
        let header = 8 + 25
        var lies: [[UInt8]] = [
            Array("<html>".utf8), Array(good.dropFirst()), Array(good.dropLast()), good + [0], good + good,
            Array(good.prefix(header)), Array(good.prefix(header)) + Array(good.suffix(12)),
            // A chunk of text between, which could unpack to anything.
            Array(good.prefix(header)) + [0, 0, 0, 1] + Array("zTXtx".utf8) + [0, 0, 0, 0] + Array(good.dropFirst(header)),
        ]
        // Wider than asked, no height, 16 bits, an alpha channel, interlaced.
        for (offset, value) in [(18, 2), (22, 0), (20, 255), (24, 16), (25, 6), (28, 1)] as [(Int, UInt8)] {
            var lie = good
            lie[offset] = value
            if offset == 22 { lie[23] = 0 }
            lies.append(lie)
        }
        for (index, bytes) in lies.enumerated() {
            let error = await lie(bytes)
            #expect(error?.code == .unavailable && (error?.cause as? RunFailure)?.code == .lost, "\(index)")
        }
    }

    /// What becomes of an image that a child sends in place of its own.
    private func lie(_ png: [UInt8]) async -> ColophonError? {
        do {
            let folder = try TemporaryFolder()
            let frames = ChildFrame.opened(pages: 1).bytes + ChildFrame.result(png).bytes + ChildFrame.end(bytes: png.count).bytes
            try Data(frames).write(to: URL(fileURLWithPath: "\(folder.path)/frames"))
            try folder.script("exec cat '\(folder.path)/frames'")
            return await error([1], program: ChildProgram(path: "\(folder.path)/reader", forks: false))
        } catch {
            Issue.record(error)
            return nil
        }
    }
}

extension TemporaryFolder {
    fileprivate func script(_ text: String) throws {
        try write("#!/bin/sh\n\(text)\n", to: "reader")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/reader")
    }
}
