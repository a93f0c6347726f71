package import ColophonCore
import HTTPTypes
package import Hummingbird

/// Every route, registered once for both of its prefixes.
package struct Routes {
    /// The two prefixes are one resource: the older one is what existing clients call.
    static let documentPrefixes = ["/v1/documents/:id", "/document/:id"]

    private let library: Library
    private let version: String
    package let gatekeeper: Gatekeeper
    private let streams: RunStreamHandlers
    private var book = RouteBook()

    /// - Parameters:
    ///   - isSecure: Whether browsers reach us over TLS, wherever it ends.
    ///   - isBehindProxy: Whether all that comes has passed a proxy of ours, which says whom it comes from.
    package init(library: Library, version: String, isSecure: Bool = false, isBehindProxy: Bool = false) {
        self.library = library
        self.version = version
        streams = RunStreamHandlers(library: library)
        gatekeeper = Gatekeeper(library: library, isSecure: isSecure, isBehindProxy: isBehindProxy)
    }

    /// Every line of the table.
    var all: [Route] { open + session + documents + jobs + WorkspaceRoutes.all(library: library, streams: streams) + web }

    /// The pages for people.
    private var web: [Route] { WebHandlers(library: library, gatekeeper: gatekeeper).routes }

    /// Follows the feeds for the streams of these routes; `ServerBuild` runs it.
    package func hub() -> FeedHub {
        FeedHub(library: library) { [gatekeeper] request in
            try await gatekeeper.admit(
                headers: request.head.headerFields, method: request.head.method, authority: request.head.authority,
                workspace: request.workspace, needs: .read, cost: FeedHandlers.streamCost, remoteAddress: request.remoteAddress)
        }
    }

    /// A router that answers everything, errors included.
    package mutating func router() -> Router<ServerContext> {
        let all = all
        for route in all { book.note(route.method, route.path) }
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(routes: book))
        // The one place where routes are registered, each behind its gate.
        for route in all { router.on(RouterPath(route.path), method: route.method, use: gatekeeper.handler(for: route)) }
        return router
    }

    private var open: [Route] {
        let health = HealthHandlers(library: library, version: version)
        return [
            Route(.get, "/livez", needs: nil, cost: 0, health.live), Route(.get, "/readyz", needs: nil, cost: 0, health.ready),
            // As existing clients ask.
            Route(.get, "/health", needs: nil, cost: 0, health.live), Route(.get, "/ready", needs: nil, cost: 0, health.ready),
            Route(.get, "/api/v1/info", needs: nil, cost: 0, health.info),
        ]
    }

    private var session: [Route] {
        let session = SessionHandlers(gatekeeper: gatekeeper)
        return [
            Route(.get, "/api/v1/session", asks: .identity, session.show), Route(.post, "/api/v1/session", asks: .nothing, session.signIn),
            Route(.delete, "/api/v1/session", asks: .identity, session.signOut),
        ]
    }

    /// The queue's, under the names that its clients were promised.
    private var jobs: [Route] {
        let jobs = JobHandlers(library: library, streams: streams)
        let health = HealthHandlers(library: library, version: version)
        return [
            Route(.post, "/api/upload", needs: .write, cost: .upload, jobs.upload),
            Route(.post, "/api/jobs", needs: .write, cost: .upload, jobs.upload),
            Route(.get, "/api/jobs", needs: .read, cost: 2, jobs.list), Route(.get, "/api/jobs/:run", needs: .read, jobs.show),
            Route(.get, "/api/jobs/:run/download", needs: .read, cost: 5, jobs.download).admittingLinks(),
            Route(.post, "/api/jobs/:run/download-token", needs: .write, jobs.link),
            Route(.get, "/api/jobs/:run/events", needs: .read, jobs.events),
            Route(.post, "/api/jobs/bulk-download", needs: .read, cost: 20, jobs.downloadAll),
            Route(.post, "/api/jobs/:run/retry", needs: .write, cost: 5, jobs.retry),
            Route(.post, "/api/jobs/:run/cancel", needs: .write, jobs.cancel),
            Route(.get, "/api/mappings", needs: .read, jobs.mappings), Route(.get, "/api/healthz", needs: nil, cost: 0, health.live),
        ]
    }

    private var documents: [Route] {
        let documents = DocumentHandlers(library: library)
        let runs = RunHandlers(library: library)
        let results = ResultHandlers(library: library)
        let perDocument = [
            Route(.get, "", needs: .read, documents.status), Route(.delete, "", needs: .write, documents.delete),
            Route(.get, "/status", needs: .read, documents.status), Route(.post, "/upload", needs: .write, cost: .upload, documents.upload),
            Route(.get, "/events", needs: .read, documents.events), Route(.get, "/download", needs: .read, cost: 5, documents.download),
            Route(.get, "/runs", needs: .read, runs.list), Route(.post, "/runs", needs: .write, cost: 5, runs.start),
            Route(.get, "/runs/:run", needs: .read, runs.show), Route(.post, "/runs/:run/cancel", needs: .write, runs.cancel),
            Route(.post, "/runs/:run/retry", needs: .write, cost: 5, runs.retry), Route(.post, "/cancel", needs: .write, runs.cancelAll),
            Route(.post, "/reparse", needs: .write, cost: 5, runs.reparse), Route(.get, "/export", needs: .read, cost: 5, results.export),
            Route(.get, "/pages", needs: .read, cost: 5, results.pages), Route(.get, "/page/:n", needs: .read, cost: 5, results.page),
            Route(.get, "/page/:n/image", needs: .read, cost: 10, results.image),
            Route(.get, "/page/:n/boxes", needs: .read, cost: 5, results.boxes),
            Route(.get, "/pg_{file}", needs: .read, cost: 10, results.pageFile),
            Route(.get, "/nodes", needs: .read, cost: 5, results.nodes),
        ]
        return [
            Route(.get, "/v1/documents", needs: .read, cost: 2, documents.list),
            Route(.post, "/v1/documents", needs: .write, cost: .upload, documents.create),
        ]
            + Self.documentPrefixes.flatMap { prefix in
                perDocument.map { Route($0.method, prefix + $0.path, needs: $0.needs, cost: $0.cost, $0.handler) }
            }
    }
}
