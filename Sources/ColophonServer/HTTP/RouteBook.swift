import HTTPTypes
import Hummingbird

/// Every route there is, for the answer to a method that a path does not have (RFC 9110, section 15.5.6 wants `Allow`).
package struct RouteBook: Sendable {
    private var routes: [(pattern: [Substring], method: HTTPRequest.Method)] = []

    mutating func note(_ method: HTTPRequest.Method, _ path: String) {
        routes.append((path.split(separator: "/"), method))
        if method == .get { routes.append((path.split(separator: "/"), .head)) }
    }

    /// The methods that the path answers to; none when no route has it.
    func methods(at path: String) -> Set<HTTPRequest.Method> {
        let parts = path.split(separator: "/")
        return Set(
            routes.filter { route in
                route.pattern.count == parts.count && zip(route.pattern, parts).allSatisfy { $0.first == ":" || $0 == $1 }
            }.map(\.method))
    }
}
