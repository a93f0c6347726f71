import ColophonCore
import HTTPTypes
import Hummingbird
import NIOCore

/// A stored body on its way to a client, piece by piece as the client takes it.
struct BlobAnswer {
    var body: BlobBody
    var type: String
    var fileName: String
    var disposition = Disposition.attachment
    var status: HTTPResponse.Status = .ok
    var headers: HTTPFields = [:]
    /// A client that takes nothing for so long loses its connection: the framework's own idle time is off while it answers.
    var idleTimeout: Duration
    /// Called once the last byte was handed to the client's connection; never for a body that broke off.
    var onSent: @Sendable () async -> Void = {}

    func response(on channel: any Channel) -> Response {
        var headers = headers
        headers[.contentType] = type
        headers[.contentDisposition] = disposition.named(fileName)
        let (body, length, idle, onSent) = (body, Int(body.bytes), TimeAmount.milliseconds(idleTimeout.wholeMilliseconds), onSent)
        return Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: length) { writer in
                var sent = 0
                for try await piece in body {
                    let timer = channel.eventLoop.scheduleTask(in: idle) { channel.close(promise: nil) }
                    defer { timer.cancel() }
                    try await writer.write(ByteBuffer(bytes: piece))
                    sent += piece.count
                }
                // A body cut short must not look whole: the connection is closed in its middle.
                guard sent == length else { throw ColophonError(.internal, "Stored bytes are missing.") }
                try await writer.finish(nil)
                await onSent()
            })
    }
}
