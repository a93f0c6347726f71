import ColophonCore
import NIOCore

/// The newest frames of a workspace's feed, each encoded once for all who follow it; changes that came together share their bytes.
struct FeedRing: Sendable {
    static let framesMax = 1024
    static let bytesMax = 512 << 10

    /// Frames of consecutive changes.
    struct Chunk: Sendable {
        /// As one framing has them.
        private struct Encoded {
            var bytes: ByteBuffer
            /// Where each frame ends in `bytes`.
            var ends: [Int] = []

            init(_ changes: some Collection<Change>, _ framing: StreamFraming) {
                bytes = ByteBufferAllocator().buffer(capacity: changes.count * 160)
                ends.reserveCapacity(changes.count)
                for change in changes {
                    framing.write(FeedFrame.change(change), into: &bytes)
                    ends.append(bytes.readableBytes)
                }
            }
        }

        let first: Int64
        private let chunked: Encoded
        private let plain: Encoded

        var count: Int { chunked.ends.count }
        var last: Int64 { first + Int64(count) - 1 }
        var byteCount: Int { chunked.bytes.readableBytes + plain.bytes.readableBytes }

        /// - Precondition: Not empty; ids are dense.
        init(_ changes: some Collection<Change>) {
            first = changes.first?.id ?? 0
            chunked = Encoded(changes, .chunked)
            plain = Encoded(changes, .untilClose)
        }

        /// The frames after a position; nil when there are none.
        func after(_ position: Int64, as framing: StreamFraming) -> ByteBuffer? {
            let encoded = framing == .chunked ? chunked : plain
            if position < first { return encoded.bytes }
            if position >= last { return nil }
            let start = encoded.ends[Int(position - first)]
            return encoded.bytes.getSlice(at: start, length: encoded.bytes.readableBytes - start)
        }
    }

    /// The newest change that is known here.
    private(set) var head: Int64
    private(set) var chunks: [Chunk] = []
    private var frameCount = 0
    private var byteCount = 0

    init(head: Int64) { self.head = head }

    /// The oldest change whose frame is here, or would be.
    var oldest: Int64 { chunks.first?.first ?? head + 1 }

    /// Adds what follows `head`.
    mutating func append(_ chunk: Chunk) {
        precondition(chunk.first == head + 1, "a feed's ids are dense")
        chunks.append(chunk)
        head = chunk.last
        frameCount += chunk.count
        byteCount += chunk.byteCount
        var gone = 0
        while gone < chunks.count - 1, frameCount > Self.framesMax || byteCount > Self.bytesMax {
            frameCount -= chunks[gone].count
            byteCount -= chunks[gone].byteCount
            gone += 1
        }
        // Few at a time would move the whole array each time.
        if gone > 0 { chunks.removeFirst(gone) }
    }

    /// The chunks that hold what follows a position; nil when some of that is not here any more.
    func chunks(after position: Int64) -> ArraySlice<Chunk>? {
        guard position + 1 >= oldest else { return nil }
        let start = chunks.lastIndex { $0.last <= position }.map { $0 + 1 } ?? 0
        return chunks[start...]
    }
}
