import ColophonCore
import HTTPTypes
import Hummingbird

/// One line of the table of routes.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, ServerContext) async throws -> Response

    var method: HTTPRequest.Method
    /// With `:w` where it names a workspace; without it the caller's own is meant.
    var path: String
    var asks: Asks
    var cost: RouteCost
    /// The query parameters that it takes; any other is refused where the table says so.
    var query: [String] = []
    /// Whether a link in its query (`?token=`) stands for a credential.
    private(set) var admitsLinks = false
    var handler: Handler

    /// What a caller is asked for before the handler is called.
    enum Asks: Sendable {
        case nothing
        /// A good credential, for no workspace in particular.
        case identity
        /// To be allowed so much in the workspace.
        case workspace(Permission)
    }

    /// - Parameter needs: What a caller must be allowed to do in the workspace; nil asks for no credential.
    init(_ method: HTTPRequest.Method, _ path: String, needs: Permission?, cost: RouteCost = 1, _ handler: @escaping Handler) {
        self.init(method, path, asks: needs.map { .workspace($0) } ?? .nothing, cost: cost, handler)
    }

    init(_ method: HTTPRequest.Method, _ path: String, asks: Asks, cost: RouteCost = 1, _ handler: @escaping Handler) {
        (self.method, self.path, self.asks, self.cost, self.handler) = (method, path, asks, cost, handler)
    }

    /// The same, with what its query may have.
    func taking(_ query: String...) -> Route {
        var route = self
        route.query = query
        return route
    }

    /// The same for whoever has a link to what the path names.
    func admittingLinks() -> Route {
        var route = self
        route.admitsLinks = true
        return route
    }

    /// What a caller must be allowed to do in the workspace; nil where none is entered.
    var needs: Permission? { if case .workspace(let needed) = asks { needed } else { nil } }
}
