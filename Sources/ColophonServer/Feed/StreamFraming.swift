import ColophonAPI
import NIOCore

/// How a stream's bytes are told apart from what its connection carries (RFC 9112, sections 6.3 and 7.1).
enum StreamFraming: Sendable {
    /// Every event is a chunk of its own: clients that read bodies by the piece take each as it comes, and know a cut from an end.
    case chunked
    /// For HTTP/1.0, which knows no chunks: the body lasts until its connection ends.
    case untilClose

    func write(_ frame: EventFrame, into buffer: inout ByteBuffer) { write(frame.bytes, into: &buffer) }

    private func write(_ bytes: some Collection<UInt8>, into buffer: inout ByteBuffer) {
        guard self == .chunked else {
            buffer.writeBytes(bytes)
            return
        }
        buffer.writeString(String(bytes.count, radix: 16) + "\r\n")
        buffer.writeBytes(bytes)
        buffer.writeString("\r\n")
    }

    var keepalive: ByteBuffer { self == .chunked ? Self.chunkedKeepalive : Self.plainKeepalive }

    /// The last bytes of a stream that the server ends: a comment, which no client sees.
    var goodbye: ByteBuffer { self == .chunked ? Self.chunkedGoodbye : Self.plainGoodbye }

    private static let chunkedKeepalive = encoded(FeedFrame.keepalive, .chunked)
    private static let plainKeepalive = encoded(FeedFrame.keepalive, .untilClose)
    private static let chunkedGoodbye = ByteBuffer(string: "7\r\n: bye\n\n\r\n0\r\n\r\n")
    private static let plainGoodbye = ByteBuffer(string: ": bye\n\n")

    private static func encoded(_ frame: EventFrame, _ framing: StreamFraming) -> ByteBuffer {
        var buffer = ByteBuffer()
        framing.write(frame, into: &buffer)
        return buffer
    }
}
