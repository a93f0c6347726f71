import ColophonAPI
import ColophonCore
import ColophonStreams
import NIOCore
import Testing

@testable import ColophonServer

/// The ring holds what the table holds, as far back as it reaches.
@Suite struct FeedRingTests {
    private func changes(_ ids: ClosedRange<Int64>) -> [Change] {
        ids.map {
            Change(
                id: $0, documentID: DocumentID(rawValue: "doc-\($0)"), op: $0 % 3 == 0 ? .delete : .upsert, at: Timestamp(milliseconds: 0))
        }
    }

    private func ids(in ring: FeedRing, after position: Int64) throws -> [String]? {
        guard let chunks = ring.chunks(after: position) else { return nil }
        var parser = EventStreamParser()
        return try chunks.flatMap { chunk -> [String] in
            guard let bytes = chunk.after(position, as: .untilClose) else { return [] }
            let events = try parser.read(Array(bytes.readableBytesView)).map(\.id)
            #expect(try unwrapped(chunk.after(position, as: .chunked)) == Array(bytes.readableBytesView))
            return events
        }
    }

    /// The body of an answer in chunks.
    private func unwrapped(_ chunks: ByteBuffer?) throws -> [UInt8] {
        var answer = AnswerReader()
        _ = try answer.read(Array("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".utf8))
        return try answer.read(Array(try #require(chunks).readableBytesView))
    }

    @Test func `from every position on, the frames are the changes after it, however they came together`() throws {
        var ring = FeedRing(head: 10)
        for range in [11...11, 12...15, 16...16, 17...40] as [ClosedRange<Int64>] { ring.append(.init(changes(range))) }
        #expect(ring.head == 40 && ring.oldest == 11)
        for position in Int64(10)...40 {
            #expect(try ids(in: ring, after: position) == (position..<40).map { "\($0 + 1)" })
        }
        #expect(try ids(in: ring, after: 9) == nil)
    }

    @Test func `it keeps no more frames than it may, and says from where on it has them`() throws {
        var ring = FeedRing(head: 0)
        for id in Int64(1)...3000 { ring.append(.init(changes(id...id))) }
        #expect(ring.head == 3000 && ring.oldest == 3000 - Int64(FeedRing.framesMax) + 1)
        #expect(try ids(in: ring, after: ring.oldest - 2) == nil)
        #expect(try ids(in: ring, after: ring.oldest - 1)?.count == FeedRing.framesMax)
    }

    @Test func `a ring without frames has everything after its head`() throws {
        let ring = FeedRing(head: 7)
        #expect(ring.oldest == 8)
        #expect(try ids(in: ring, after: 7) == [])
        #expect(try ids(in: ring, after: 6) == nil)
    }

    @Test func `a frame says the operation by its name, and its id as text and as the stream's`() throws {
        var parser = EventStreamParser()
        let bytes = try #require(FeedRing.Chunk(changes(2...3)).after(0, as: .untilClose))
        let events = try parser.read(Array(bytes.readableBytesView))
        #expect(events.map(\.event) == ["document.changed", "document.deleted"])
        #expect(
            events.map(\.data) == [
                #"{"documentId":"doc-2","op":"upsert","id":"2"}"#, #"{"documentId":"doc-3","op":"delete","id":"3"}"#,
            ])
    }
}
