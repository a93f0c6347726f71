import ColophonAPI
import ColophonCore
import Hummingbird

struct FeedHandlers: Sendable {
    /// What opening a stream takes from the caller's allowance.
    static let streamCost = 5

    let library: Library

    /// The lines of the table of routes, under the prefix of a workspace.
    var routes: [Route] {
        [
            Route(.get, "/documents/delta", needs: .read, delta).taking("since", "limit"),
            Route(.get, "/documents/stream", needs: .read, cost: .units(Self.streamCost), stream).taking("cursor"),
        ]
    }

    func delta(_ request: Request, _ context: ServerContext) async throws -> Response {
        guard let since = try request.single("since") else {
            throw ColophonError(.invalid, "since is missing: send the position to go on from.", field: "since", reason: "missing")
        }
        let page = try await library.changes(
            since: FeedCursor.position(since, field: "since"), limit: request.number("limit"), in: context.scope)
        return try .json(
            DeltaOut(
                changes: page.changes.map { ChangeOut(id: "\($0.id)", documentId: $0.documentID.rawValue, op: $0.op.rawValue) },
                nextSince: "\(page.next)", hasMore: page.hasMore))
    }

    /// Answers where a request for the stream does not come over a connection that `StreamDoor` guards, or asks for its head alone.
    func stream(_ request: Request, _ context: ServerContext) async throws -> Response {
        if request.method == .head {
            return Response(status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store, no-transform"])
        }
        throw ColophonError(.unavailable, "The stream is served over HTTP/1.1 alone; pull the changes instead.", reason: "NO_STREAM_HERE")
    }
}
