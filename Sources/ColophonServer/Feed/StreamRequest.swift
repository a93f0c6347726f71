import ColophonAPI
import ColophonCore
import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request for a workspace's stream of changes, as it is found at the connection.
struct StreamRequest: Sendable {
    var head: HTTPRequest
    var uri: URI
    /// As the path names it.
    var workspace: String
    var remoteAddress: SocketAddress?
    /// Names the request in the answer and in logs.
    var requestID: String
    /// What its version of HTTP can take.
    var framing: StreamFraming

    /// Nil for every other request.
    init?(_ head: HTTPRequest, framing: StreamFraming, remoteAddress: SocketAddress?) {
        guard head.method == .get, let path = head.path else { return nil }
        let uri = URI(path)
        let parts = uri.path.split(separator: "/", omittingEmptySubsequences: true)
        let tail = parts.starts(with: ["api", "v1"]) ? parts.dropFirst(2) : parts[...]
        guard tail.count == 4, tail.first == "workspaces", tail.suffix(2).elementsEqual(["documents", "stream"]) else { return nil }
        guard let workspace = PercentEncoding.decode(String(tail[tail.startIndex + 1])) else { return nil }
        (self.head, self.uri, self.workspace, self.framing, self.remoteAddress) = (head, uri, workspace, framing, remoteAddress)
        requestID = AnswerMiddleware.requestID(sent: head.headerFields[.requestID])
    }

    /// Where the client wants to go on; nil begins with what comes next.
    ///
    /// - Throws: `badRequest` for what is no decimal number, `invalid` for a parameter that is not known here.
    func position() throws -> Int64? {
        for (name, _) in uri.queryParameters where name != "cursor" {
            throw ColophonError(.invalid, "There is no parameter \(name) here.", field: String(name), reason: "extra_forbidden")
        }
        let sent = uri.queryParameters[values: "cursor"]
        guard sent.count <= 1 else { throw ColophonError(.invalid, "cursor is given more than once.", field: "cursor") }
        // The browser sends this one by itself, and it is the newer of the two.
        guard let text = head.headerFields[.lastEventID] ?? sent.first.map(String.init) else { return nil }
        return try FeedCursor.position(text)
    }
}
