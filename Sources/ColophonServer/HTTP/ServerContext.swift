import ColophonCore
import HTTPTypes
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
    let answerHeaders = AnswerHeaders()
    private var authorised: WorkspaceScope?
    private var identified: Principal?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The right to act in a workspace; there is one on every route that asks for it.
    ///
    /// - Throws: `unauthorized` on any other, so that a route which forgot to ask fails closed.
    var scope: WorkspaceScope {
        get throws {
            guard let authorised else { throw ColophonError.unauthorized() }
            return authorised
        }
    }

    /// Who asks; known on every route that wants to know.
    ///
    /// - Throws: `unauthorized` on any other.
    var principal: Principal {
        get throws {
            guard let identified else { throw ColophonError.unauthorized() }
            return identified
        }
    }

    mutating func authorise(_ scope: WorkspaceScope) { authorised = scope }
    mutating func identify(_ principal: Principal) { identified = principal }
}
