import ColophonCore
package import Hummingbird
import Logging
import NIOCore

/// What a request carries through middleware and handlers.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Names the request in logs and answers; echoed from the client's `X-Request-Id` where that is well formed.
    package var requestID = ""
    /// The connection, to end it when its client does not play along.
    let channel: any Channel
    private var authorised: WorkspaceScope?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The right to act; there is one on every route behind `AccessMiddleware`.
    ///
    /// - Throws: `unauthorized` on any other, so that a route which forgot the middleware fails closed.
    var scope: WorkspaceScope {
        get throws {
            guard let authorised else { throw ColophonError(.unauthorized, "This needs a key.", reason: "UNAUTHORIZED") }
            return authorised
        }
    }

    mutating func authorise(_ scope: WorkspaceScope) { authorised = scope }
}
