import ColophonCore
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import ColophonServer

@Suite struct MultipartUploadTests {
    private func read(_ form: Form, bytes: [UInt8]? = nil) async throws -> (file: [UInt8], form: MultipartUpload.Form) {
        let upload = MultipartUpload(body: RequestBody(buffer: ByteBuffer(bytes: bytes ?? form.bytes)), boundary: form.boundary)
        var file: [UInt8] = []
        for try await piece in upload { file += piece }
        return (file, upload.form)
    }

    @Test func `fields may stand before the file and behind it`() async throws {
        let form = Form(parts: [
            .init("a", "1"), .init("file", fileName: "x.pdf", contentType: "application/pdf", "bytes"), .init("b", "é"),
        ])
        let (file, read) = try await read(form)
        #expect(file == Array("bytes".utf8) && read.fields == ["a": "1", "b": "é"])
        #expect(read.file?.fileName == "x.pdf" && read.file?.contentType == "application/pdf")
    }

    @Test func `a form without a file, with two, with a field twice or too large, or cut short is refused in words that say so`()
        async throws
    {
        func refusal(_ form: Form, bytes: [UInt8]? = nil) async throws -> ColophonError? {
            await #expect(throws: ColophonError.self) { try await read(form, bytes: bytes) }
        }
        let file = Form.Part("file", fileName: "x", "bytes")
        let none = try await refusal(Form(parts: [.init("a", "1")]))
        #expect(none?.code == .invalid && none?.field == "file")
        let two = try await refusal(Form(parts: [file, file]))
        #expect(two?.code == .invalid && two?.field == "file")
        let twice = try await refusal(Form(parts: [file, .init("a", "1"), .init("a", "2")]))
        #expect(twice?.code == .invalid && twice?.field == "a")
        let large = try await refusal(Form(parts: [file, .init("a", [UInt8](repeating: 0x78, count: 64 << 10 + 1))]))
        #expect(large?.code == .tooLarge && large?.field == "a")
        let binary = try await refusal(Form(parts: [file, .init("a", [0xFF])]))
        #expect(binary?.code == .invalid && binary?.field == "a")
        let form = Form(parts: [.init("a", "1"), file])
        for end in [0, 10, form.bytes.count / 2, form.bytes.count - 4] {
            let short = try await refusal(form, bytes: Array(form.bytes[..<end]))
            #expect(short?.code == .badRequest && short?.reason == "INCOMPLETE_BODY", "ends at \(end)")
        }
    }

    @Test func `a file far larger than any buffer passes through piece by piece, none fetched before the last is taken`() async throws {
        let source = PacedSource(pieces: 1024, pieceBytes: 64 << 10)
        let upload = MultipartUpload(body: RequestBody(asyncSequence: source), boundary: PacedSource.boundary)
        var (bytes, largest, sum) = (0, 0, UInt64(0))
        for try await piece in upload {
            bytes += piece.count
            largest = max(largest, piece.count)
            sum = piece.withUnsafeBufferPointer { $0.reduce(sum) { $0 &+ UInt64($1) } }
            // One piece is in hand; nothing was asked for ahead of it.
            #expect(source.fetched.withLock { $0 } <= bytes / (64 << 10) + 2)
        }
        #expect(bytes == 1024 * (64 << 10) && largest <= 64 << 10 + 100 && sum == 1024 * PacedSource.pieceSum)
        #expect(upload.form.fields == ["tags": "[]"])
    }
}

/// A form with a large file, made as it is read.
private final class PacedSource: AsyncSequence, Sendable {
    static let boundary = "paced"
    /// Line breaks and hyphens among the bytes, so that the parser must look twice.
    private static let pattern = Array("0123456789\r\n--pacex\r\n\r\r\n--pac".utf8)
    static let pieceSum = (0..<(64 << 10)).reduce(UInt64(0)) { $0 + UInt64(pattern[$1 % pattern.count]) }

    let fetched = Mutex(0)
    private let pieces: Int
    private let piece: ByteBuffer

    init(pieces: Int, pieceBytes: Int) {
        self.pieces = pieces
        piece = ByteBuffer(bytes: (0..<pieceBytes).map { Self.pattern[$0 % Self.pattern.count] })
    }

    func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    struct Iterator: AsyncIteratorProtocol {
        let source: PacedSource
        var at = -1

        mutating func next() async -> ByteBuffer? {
            defer { at += 1 }
            switch at {
            case -1: return ByteBuffer(string: "--paced\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n")
            case 0..<source.pieces:
                source.fetched.withLock { $0 += 1 }
                return source.piece
            case source.pieces:
                return ByteBuffer(string: "\r\n--paced\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n[]\r\n--paced--\r\n")
            default: return nil
            }
        }
    }
}
