import ColophonCore
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A stored body, sent piece by piece as the client takes it.
    static func blob(_ body: BlobBody, type: String, fileName: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = type
        headers[.contentDisposition] = Disposition.attachment(fileName)
        let length = Int(body.bytes)
        return Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: length) { writer in
                var sent = 0
                for try await piece in body {
                    try await writer.write(ByteBuffer(bytes: piece))
                    sent += piece.count
                }
                // A body cut short must not look whole: the connection is closed in its middle.
                guard sent == length else { throw ColophonError(.internal, "Stored bytes are missing.") }
                try await writer.finish(nil)
            })
    }
}
