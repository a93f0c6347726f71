import ColophonAPI
import NIOHTTP1

/// A request that came to nothing, with what says whether to try it again.
struct RequestFailure: Error {
    var error: ClientError
    /// What the server asked to wait.
    var retryAfter: Duration?

    init(_ error: ClientError, headers: HTTPHeaders = [:]) {
        self.error = error
        // The other form, a date, is not one that our server uses.
        retryAfter = headers.first(name: "retry-after").flatMap { Int($0) }.map { .seconds($0) }
    }

    /// The position that was asked for is not to be had any more.
    var isGone: Bool { status == 410 }

    /// Whether asking again would be answered the same: the server understood and said no.
    var isFinal: Bool { status.map { (400..<500).contains($0) && ![408, 410, 425, 429].contains($0) } ?? false }

    private var status: Int? {
        if case .refused(let problem) = error { problem.status } else { nil }
    }
}
