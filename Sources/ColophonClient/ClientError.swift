public import ColophonAPI
import Foundation

/// Why a request did not do what was asked.
public enum ClientError: Error, Sendable {
    /// The server said no; its own words.
    case refused(Problem)
    /// No answer came.
    case unreachable(server: String, cause: any Error)
    /// The answer cannot be understood; perhaps no Colophon listens there.
    case badAnswer(cause: any Error)
    /// A local file could not be read or written.
    case file(path: String, cause: any Error)
    /// What was waited for did not happen in time.
    case timedOut

    /// One sentence for a person.
    public var message: String {
        switch self {
        case .refused(let problem): problem.detail
        case .unreachable(let server, _): "No Colophon answers at \(server)."
        case .badAnswer: "The server's answer cannot be understood."
        case .file(let path, let cause):
            "\(path): \((cause as? POSIXError).map { String(cString: strerror($0.code.rawValue)) } ?? "it cannot be read")."
        case .timedOut: "It took too long; the server goes on with it."
        }
    }
}
