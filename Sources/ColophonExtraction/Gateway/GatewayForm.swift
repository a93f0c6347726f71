import ColophonCore
import Foundation
import NIOCore

/// A form with a mapping's name and a file (RFC 7578), read from the file's descriptor as it is sent.
struct GatewayForm: AsyncSequence, Sendable {
    static let pieceBytes = 256 << 10

    let boundary: String
    /// Of all of it, in bytes.
    let length: Int64
    private let descriptor: Int32
    private let fileBytes: Int64
    private let head: String
    private let tail: String

    /// - Throws: `RunFailure` with `ioError` when the file cannot be measured.
    init(_ source: ExtractionSource, _ choice: MappingChoice) throws {
        var status = stat()
        guard fstat(source.descriptor, &status) == 0 else { throw RunFailure(.ioError) }
        descriptor = source.descriptor
        fileBytes = Int64(status.st_size)
        let boundary = "colophon-\(UUIDv7.make())"
        self.boundary = boundary
        func part(_ disposition: String) -> String { "--\(boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n" }
        head =
            part("name=\"mapping\"") + "\r\n\(choice.name)\r\n" + part("name=\"pretty\"") + "\r\n\(choice.isPretty ? 1 : 0)\r\n"
            + part("name=\"file\"; filename=\"\(Self.escaped(source.name))\"")
            + "Content-Type: \(source.type == "application/pdf" ? "application/pdf" : "application/octet-stream")\r\n\r\n"
        tail = "\r\n--\(boundary)--\r\n"
        length = Int64(head.utf8.count) + fileBytes + Int64(tail.utf8.count)
    }

    /// As browsers write a name in a form (HTML, "multipart form data").
    private static func escaped(_ name: String) -> String {
        // Scalar by scalar: a mark that joins the quote before it does not hide it from who reads the form.
        name.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "%22"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }

    func makeAsyncIterator() -> Iterator { Iterator(form: self) }

    struct Iterator: AsyncIteratorProtocol {
        let form: GatewayForm
        private var offset: Int64 = -1
        private var isOver = false

        init(form: GatewayForm) { self.form = form }

        /// - Throws: `RunFailure` with `ioError` when the file is not what it was.
        mutating func next() async throws -> ByteBuffer? {
            if isOver { return nil }
            if offset < 0 {
                offset = 0
                return ByteBuffer(string: form.head)
            }
            guard offset < form.fileBytes else {
                isOver = true
                return ByteBuffer(string: form.tail)
            }
            let wanted = Int(Swift.min(Int64(GatewayForm.pieceBytes), form.fileBytes - offset))
            var buffer = ByteBuffer()
            let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { space in
                Swift.max(pread(form.descriptor, space.baseAddress, wanted, off_t(offset)), 0)
            }
            guard read > 0 else { throw RunFailure(.ioError) }
            offset += Int64(read)
            return buffer
        }
    }
}
