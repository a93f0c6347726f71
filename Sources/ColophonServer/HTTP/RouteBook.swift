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
    ///
    /// As in the router, a word is a better match than a parameter, from the left on.
    func methods(at path: String) -> Set<HTTPRequest.Method> {
        let parts = path.split(separator: "/")
        let matching = routes.filter { route in
            route.pattern.count == parts.count && zip(route.pattern, parts).allSatisfy(Self.matches)
        }
        let best = matching.map { Self.shape($0.pattern) }.min { $0.lexicographicallyPrecedes($1) }
        return Set(matching.filter { Self.shape($0.pattern) == best }.map(\.method))
    }

    /// A parameter matches anything; one behind a word, such as `pg_{file}`, what begins with the word.
    private static func matches(_ pattern: Substring, _ part: Substring) -> Bool {
        if pattern.first == ":" { return true }
        guard let brace = pattern.firstIndex(of: "{") else { return pattern == part }
        return part.hasPrefix(pattern[..<brace])
    }

    /// 0 where a pattern has a word, 1 where it has a parameter.
    private static func shape(_ pattern: [Substring]) -> [Int] { pattern.map { $0.first == ":" || $0.last == "}" ? 1 : 0 } }
}
