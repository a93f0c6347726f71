import AsyncHTTPClient
import ColophonAPI
import NIOCore
import NIOHTTP1

/// An open stream of a workspace's feed; closed when the last copy goes.
struct FeedStream {
    private var pieces: HTTPClientResponse.Body.AsyncIterator
    private var parser = EventStreamParser()

    /// - Throws: `badAnswer` when the answer is no stream of events.
    init(_ response: HTTPClientResponse) throws(ClientError) {
        let type = response.headers.first(name: "content-type") ?? ""
        guard response.status == .ok, type.lowercased().hasPrefix("text/event-stream") else {
            throw .badAnswer(cause: NotAStream(status: Int(response.status.code), contentType: type))
        }
        pieces = response.body.makeAsyncIterator()
    }

    /// What a request to the stream was answered with instead.
    struct NotAStream: Error {
        var status: Int
        var contentType: String
    }

    /// How long the stream asked to wait before a reconnection, in milliseconds.
    var retry: Int? { parser.retry }

    /// Waits for the next bytes and gives the frames that they complete, if any. Nothing is read from the connection meanwhile
    /// except what the transport holds ready, a few pieces.
    ///
    /// - Returns: Nil at the stream's end.
    mutating func read() async throws -> [FeedFrame]? {
        guard let piece = try await pieces.next() else { return nil }
        return try parser.read(piece.readableBytesView).map(FeedFrame.init)
    }
}
