package import ColophonCore
import HTTPTypes
package import Hummingbird

/// Every route, registered once for both of its prefixes.
package struct Routes {
    /// The two prefixes are one resource: the older one is what existing clients call.
    static let documentPrefixes = ["/v1/documents/:id", "/document/:id"]

    private typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    private let library: Library
    private let version: String
    private var book = RouteBook()

    package init(library: Library, version: String) {
        self.library = library
        self.version = version
    }

    /// A router that answers everything, errors included.
    package mutating func router() -> Router<ServerContext> {
        let open = open()
        let guarded = guarded()
        for (method, path, _) in open + guarded { book.note(method, path) }
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(routes: book))
        for (method, path, handler) in open { router.on(RouterPath(path), method: method, use: handler) }
        let behindKey = router.group().add(middleware: AccessMiddleware(library: library))
        for (method, path, handler) in guarded { behindKey.on(RouterPath(path), method: method, use: handler) }
        return router
    }

    private func open() -> [(HTTPRequest.Method, String, Handler)] {
        let health = HealthHandlers(library: library, version: version)
        return [(.get, "/livez", health.live), (.get, "/readyz", health.ready)]
    }

    private func guarded() -> [(HTTPRequest.Method, String, Handler)] {
        let documents = DocumentHandlers(library: library)
        let runs = RunHandlers(library: library)
        let results = ResultHandlers(library: library)
        let perDocument: [(HTTPRequest.Method, String, Handler)] = [
            (.get, "", documents.status), (.delete, "", documents.delete), (.get, "/status", documents.status),
            (.post, "/upload", documents.upload), (.get, "/events", documents.events), (.get, "/download", documents.download),
            (.get, "/runs", runs.list), (.post, "/runs", runs.start), (.get, "/runs/:run", runs.show),
            (.post, "/runs/:run/cancel", runs.cancel), (.post, "/runs/:run/retry", runs.retry), (.post, "/cancel", runs.cancelAll),
            (.post, "/reparse", runs.reparse), (.get, "/export", results.export), (.get, "/pages", results.pages),
            (.get, "/page/:n", results.page),
        ]
        return [(.get, "/v1/documents", documents.list), (.post, "/v1/documents", documents.create)]
            + Self.documentPrefixes.flatMap { prefix in perDocument.map { ($0.0, prefix + $0.1, $0.2) } }
    }
}
