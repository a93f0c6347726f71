import ColophonCore
import HTTPTypes

/// What a call takes from the caller's allowance.
enum RouteCost: Sendable, ExpressibleByIntegerLiteral {
    case units(Int)
    /// Ten units and one more for each MiB that is sent; only so many at once in a workspace.
    case upload

    init(integerLiteral value: Int) { self = .units(value) }

    func units(for headers: HTTPFields, limits: Limits) -> Int {
        switch self {
        case .units(let count): return count
        case .upload:
            // A body that does not say its length counts as the longest that is taken.
            let length = headers[.contentLength].flatMap { Int64($0) } ?? (headers[.transferEncoding] == nil ? 0 : limits.uploadBytesMax)
            return 10 + Int(min(max(0, length), limits.uploadBytesMax) >> 20)
        }
    }
}
