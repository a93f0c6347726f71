import ArgumentParser
import ColophonAPI
import ColophonClient
import ColophonCore
import Foundation

/// How the program ends; documented in its help and in Docs/cli.md.
enum ExitStatus: Int32 {
    case ok = 0
    case `internal` = 1
    case usage = 2
    /// A check left findings, or a backup lacks bytes that were damaged before it.
    case findingsLeft = 4
    case badDocument = 65
    case unavailable = 69

    /// Says what went wrong on standard error and ends the program with the status that fits.
    static func end(after error: any Error) -> Never {
        let (message, status) = describe(error)
        if let message { Terminal.note(message) }
        exit(status.rawValue)
    }

    static func describe(_ error: any Error) -> (message: String?, status: ExitStatus) {
        switch error {
        case let end as ExitStatusError: return (end.message, end.status)
        case let failure as RunFailure: return ("\(failure.code.rawValue): \(failure.message)", .badDocument)
        case let error as ColophonError: return (error.message, Self(error.code))
        case let error as ClientError: return (error.message, Self(error))
        default: break
        }
        // Help and version requests end well, and are printed where they belong.
        if Colophon.exitCode(for: error) == .success { Colophon.exit(withError: error) }
        if Colophon.exitCode(for: error) == .validationFailure { return (Colophon.fullMessage(for: error), .usage) }
        return (Colophon.message(for: error), .internal)
    }

    init(_ code: ColophonError.Code) {
        switch code {
        case .unavailable, .storageFull: self = .unavailable
        case .badRequest, .invalid, .notFound, .conflict: self = .usage
        case .tooLarge: self = .badDocument
        default: self = .internal
        }
    }

    init(_ error: ClientError) {
        switch error {
        case .refused(let problem):
            switch problem.status {
            case 400, 401, 403, 404, 405, 409, 422: self = .usage
            case 413: self = .badDocument
            case 429, 503, 507: self = .unavailable
            default: self = .internal
            }
        case .unreachable, .timedOut: self = .unavailable
        case .file: self = .usage
        case .badAnswer: self = .internal
        }
    }
}

/// Ends the program with a status of the command's choice; the message may have been printed already.
struct ExitStatusError: Error {
    var status: ExitStatus
    var message: String?

    init(_ status: ExitStatus, _ message: String? = nil) {
        self.status = status
        self.message = message
    }
}
