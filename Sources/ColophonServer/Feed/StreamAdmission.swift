import ColophonCore
import FoundationEssentials
import HTTPTypes
import NIOCore

/// A stream that may begin.
struct StreamAdmission: Sendable {
    let admitted: Admitted
    /// What the bytes bring the client up to.
    var position: Int64
    /// The feed's newest change when it was read.
    var head: Int64
    /// The answer's head, `ready`, and what follows it at once.
    var bytes: ByteBuffer

    let framing: StreamFraming

    /// - Parameters:
    ///   - asked: Where the client wants to go on.
    ///   - slice: The feed after `asked`.
    init(_ request: StreamRequest, _ admitted: Admitted, asked: Int64?, slice: FeedSlice) {
        self.admitted = admitted
        framing = request.framing
        head = slice.feed.head
        bytes = Self.answerHead(request)
        guard let asked else {
            position = head
            framing.write(FeedFrame.ready(head: head, position: head), into: &bytes)
            return
        }
        guard slice.feed.accepts(asked) else {
            position = head
            framing.write(FeedFrame.ready(head: head, position: nil), into: &bytes)
            framing.write(FeedFrame.resync(slice.feed.refusal(of: asked), slice.feed), into: &bytes)
            return
        }
        position = slice.changes.last?.id ?? asked
        framing.write(FeedFrame.ready(head: head, position: asked), into: &bytes)
        for change in slice.changes { framing.write(FeedFrame.change(change), into: &bytes) }
    }

    private static func answerHead(_ request: StreamRequest) -> ByteBuffer {
        // X-Accel-Buffering: nginx hands the bytes on as they come.
        var fields: HTTPFields = [
            .contentType: "text/event-stream", .cacheControl: "no-store, no-transform", .accelBuffering: "no",
            .connection: "close", .server: "colophon", .date: HTTPDate.now(),
        ]
        if request.framing == .chunked { fields[.transferEncoding] = "chunked" }
        AnswerMiddleware.decorate(&fields, requestID: request.requestID)
        var bytes = ByteBuffer()
        bytes.writeString("HTTP/1.1 200 OK\r\n")
        for field in fields { bytes.writeString("\(field.name.canonicalName): \(field.value)\r\n") }
        bytes.writeString("\r\n")
        return bytes
    }
}

/// A stream that may not begin, and why.
struct StreamRefusal: Error {
    var response: HTTPResponse
    var body: ByteBuffer

    init(_ error: any Error, path: String, requestID: String) {
        let routes = RouteBook()
        let known = ErrorAnswer.colophonError(for: error, method: .get, path: path, routes: routes)
        var (problem, status, headers) = ErrorAnswer.problem(of: known, path: path, requestID: requestID, routes: routes)
        headers[.contentType] = ErrorAnswer.mediaType
        AnswerMiddleware.decorate(&headers, requestID: requestID)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        body = ByteBuffer(bytes: (try? encoder.encode(problem)) ?? Data())
        response = HTTPResponse(status: status, headerFields: headers)
    }
}
