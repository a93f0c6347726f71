/// Cuts a child's output into frames. Treats it as hostile: lengths are checked before anything is kept.
package struct ChildFrameDecoder: Sendable {
    private var buffer: [UInt8] = []
    private var start = 0

    package init() {}

    /// Takes the next bytes of the output; call `next()` until it gives nil before the next call.
    package mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole frame, or nil when more bytes are needed.
    package mutating func next() throws(ChildProtocolError) -> ChildFrame? {
        let headerBytes = 5
        guard buffer.count - start >= headerBytes else { return nil }
        let length = buffer[(start + 1)..<(start + headerBytes)].reduce(0) { $0 << 8 | Int($1) }
        guard length <= ChildFrame.payloadBytesMax else { throw .tooLong(length) }
        let end = start + headerBytes + length
        guard buffer.count >= end else { return nil }
        defer { start = end }
        return try ChildFrame(tag: buffer[start], payload: buffer[(start + headerBytes)..<end])
    }
}
