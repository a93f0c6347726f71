package import ColophonCore
import Crypto
import HTTPTypes
package import Hummingbird

/// The routes of a gateway, which keeps nothing and knows nobody: it asks for one token, or for none.
package struct GatewayRoutes {
    private let handlers: GatewayHandlers
    private let token: String?

    /// - Parameters:
    ///   - settings: How documents are read.
    ///   - token: What callers send as a bearer token; nil lets everybody in who can reach it.
    package init(processing: any DirectProcessing, settings: RunSettings, token: String?) {
        handlers = GatewayHandlers(processing: processing, settings: settings)
        self.token = token
    }

    package func router() -> Router<ServerContext> {
        var book = RouteBook()
        let open: [(HTTPRequest.Method, String, Route.Handler)] = [(.get, "/health", handlers.health), (.get, "/livez", handlers.health)]
        let guarded: [(HTTPRequest.Method, String, Route.Handler)] = [
            (.post, "/process", handlers.process), (.get, "/mappings", handlers.mappings),
        ]
        for (method, path, _) in open + guarded { book.note(method, path) }
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(routes: book))
        for (method, path, handler) in open { router.on(RouterPath(path), method: method, use: handler) }
        for (method, path, handler) in guarded {
            router.on(RouterPath(path), method: method) { request, context in
                try admit(request)
                return try await handler(request, context)
            }
        }
        return router
    }

    /// Compares in time that depends on nothing secret.
    private func admit(_ request: Request) throws {
        guard let token else { return }
        let sent = request.headers[.authorization].flatMap { $0.lowercased().hasPrefix("bearer ") ? String($0.dropFirst(7)) : nil }
        let (left, right) = (SHA256.hash(data: Array((sent ?? "").utf8)), SHA256.hash(data: Array(token.utf8)))
        guard zip(left, right).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0 else {
            throw ColophonError(.unauthorized, "Send this gateway's token as a bearer token.", reason: "UNAUTHORIZED")
        }
    }
}
