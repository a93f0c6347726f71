import NIOCore

/// A form with one file (RFC 7578), read piece by piece as it is sent.
struct MultipartBody: AsyncSequence, Sendable {
    let boundary: String
    private let head: ByteBuffer
    private let file: FileBody
    private let tail: ByteBuffer

    /// - Parameters:
    ///   - fields: Sent before the file, so that they are known when it comes.
    ///   - boundary: What separates the parts. 128 random bits are in no file by chance.
    init(fields: [(name: String, value: String)], file: FileBody, name: String, boundary: String? = nil) {
        var generator = SystemRandomNumberGenerator()
        let boundary =
            boundary ?? "colophon-" + String(generator.next() as UInt64, radix: 16) + String(generator.next() as UInt64, radix: 16)
        var head = ""
        for field in fields {
            head += "--\(boundary)\r\ncontent-disposition: form-data; name=\"\(Self.quoted(field.name))\"\r\n\r\n\(field.value)\r\n"
        }
        head += "--\(boundary)\r\ncontent-disposition: form-data; name=\"file\"; filename=\"\(Self.quoted(name))\"\r\n"
        head += "content-type: application/octet-stream\r\n\r\n"
        self.boundary = boundary
        self.head = ByteBuffer(string: head)
        self.file = file
        tail = ByteBuffer(string: "\r\n--\(boundary)--\r\n")
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }
    var bytes: Int64 { Int64(head.readableBytes) + file.bytes + Int64(tail.readableBytes) }

    /// As browsers write names (HTML standard, section 4.10.21.8).
    static func quoted(_ name: String) -> String {
        var quoted = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case "\r": quoted += "%0D"
            case "\n": quoted += "%0A"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }

    func makeAsyncIterator() -> Iterator { Iterator(head: head, pieces: file.makeAsyncIterator(), tail: tail) }

    struct Iterator: AsyncIteratorProtocol {
        var head: ByteBuffer?
        var pieces: FileBody.Iterator
        var tail: ByteBuffer?

        mutating func next() async throws -> ByteBuffer? {
            if let head = head.take() { return head }
            if let piece = try await pieces.next() { return piece }
            return tail.take()
        }
    }
}
