import ColophonCore
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The outermost: names each request, turns every error into the one error body, and puts on every answer what all must carry.
struct AnswerMiddleware: RouterMiddleware {
    let routes: RouteBook

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = Self.requestID(sent: request.headers[.requestID])
        context.logger[metadataKey: "request"] = "\(context.requestID)"
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let thrown = error
            let error = ErrorAnswer.colophonError(for: thrown, method: request.method, path: request.uri.path, routes: routes)
            ErrorAnswer.log(error, context.logger)
            response = ErrorAnswer.response(to: error, path: request.uri.path, requestID: context.requestID, routes: routes)
            if Self.mayHaveUnreadBody(request) {
                // Whatever is left of the body is not worth reading: the client has a moment to take the answer.
                response.headers[.connection] = "close"
                let channel = context.channel
                channel.eventLoop.scheduleTask(in: Self.lingerTime) { channel.close(promise: nil) }
            }
            if let extra = (thrown as? AnswerError)?.headers { response.headers.append(contentsOf: extra) }
        }
        for field in context.answerHeaders.all { response.headers[field.name] = field.value }
        Self.decorate(&response.headers, requestID: context.requestID)
        return response
    }

    /// What every answer carries.
    static func decorate(_ headers: inout HTTPFields, requestID: String) {
        headers[.requestID] = requestID
        headers[.xContentTypeOptions] = "nosniff"
        headers[.referrerPolicy] = "no-referrer"
        headers[.resourcePolicy] = "same-origin"
        // Pages bring their own; whatever else comes from here is nothing that should run.
        if headers[.contentSecurityPolicy] == nil {
            headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'; sandbox"
        }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "private, no-store" }
    }

    /// How long a client that was refused may go on sending.
    private static let lingerTime: TimeAmount = .milliseconds(500)

    /// A small body is read and dropped, so that the connection can be used again.
    private static func mayHaveUnreadBody(_ request: Request) -> Bool {
        if request.headers[.transferEncoding] != nil { return true }
        return (request.headers[.contentLength].flatMap { Int64($0) } ?? 0) > 64 << 10
    }

    /// The client's id if it is short and plain, so that it can be put into a log line; or else a new one.
    static func requestID(sent: String?) -> String {
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:".utf8)
        guard let sent, (1...128).contains(sent.utf8.count), sent.utf8.allSatisfy(allowed.contains) else {
            return "req_" + UUIDv7.make().filter { $0 != "-" }
        }
        return sent
    }
}
