import ColophonCore
import ColophonTestSupport
import HTTPTypes
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import ColophonServer

/// How one event loop hands changes out to many streams.
@Suite struct FeedLoopTests {
    /// Counts what would be system calls.
    private final class FlushCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        private(set) var flushes = 0

        func flush(context: ChannelHandlerContext) {
            flushes += 1
            context.flush()
        }
    }

    private static func change(_ id: Int64) -> FeedRing.Chunk {
        FeedRing.Chunk([Change(id: id, documentID: DocumentID(rawValue: "doc-\(id)"), op: .upsert, at: Timestamp(milliseconds: 0))])
    }

    @Test func `what comes during a round and the rest after it reaches each client in one write`() async throws {
        let test = try await TestLibrary()
        let routes = Routes(library: test.library, version: "test")
        let hub = routes.hub()
        let eventLoop = EmbeddedEventLoop()
        let ring = Mutex(FeedRing(head: 0))
        let loop = FeedLoop(eventLoop) { _ in ring.withLock { $0 } }
        func publish(_ ids: ClosedRange<Int64>) {
            for id in ids { ring.withLock { $0.append(Self.change(id)) } }
            loop.deliver(test.store.scope.workspace)
        }
        let head = HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/workspaces/w/documents/stream")
        let request = try #require(StreamRequest(head, framing: .untilClose, remoteAddress: nil))
        let slice = FeedSlice(feed: FeedPosition(head: 0, floor: 0), changes: [])
        // More than one turn of the loop serves.
        let clients = try (0..<300).map { _ in
            let admission = StreamAdmission(
                request, Admitted(scope: test.store.scope, stranger: nil), asked: nil, slice: slice)
            let counter = FlushCounter()
            let stream = FeedStream(admission, hub: hub, loop: loop)
            let channel = EmbeddedChannel(handlers: [counter, stream], loop: eventLoop)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            stream.start(with: admission.bytes)
            return (channel, counter)
        }
        var flushed = clients.map(\.1.flushes)
        /// How often each client was written to since this was asked last.
        func writes() -> [Int] {
            let now = clients.map(\.1.flushes)
            defer { flushed = now }
            return zip(now, flushed).map { $0 - $1 }
        }
        publish(1...1)
        eventLoop.run()
        publish(2...3)
        let turns = [256, 44]
        #expect(writes().filter { $0 == 1 }.count == turns[0])
        eventLoop.advanceTime(by: .microseconds(1))
        #expect(writes().filter { $0 == 1 }.count == turns[1])
        // It rests.
        publish(4...4)
        eventLoop.advanceTime(by: .microseconds(1))
        #expect(writes().allSatisfy { $0 == 0 })
        eventLoop.advanceTime(by: .milliseconds(50))
        eventLoop.advanceTime(by: .microseconds(1))
        #expect(writes().allSatisfy { $0 == 1 })
        // What comes when all is handed out goes out at once.
        publish(5...5)
        eventLoop.run()
        #expect(writes().filter { $0 == 1 }.count == turns[0])
        eventLoop.advanceTime(by: .microseconds(1))
        for (channel, _) in clients {
            var text = ""
            while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
            let places = try (1...5).map { try #require(text.firstRange(of: "doc-\($0)\"")).lowerBound }
            #expect(places == places.sorted())
            _ = try? channel.finish()
        }
    }
}
