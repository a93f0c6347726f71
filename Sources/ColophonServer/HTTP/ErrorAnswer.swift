import ColophonAPI
import ColophonCore
import HTTPTypes
import Hummingbird
import Logging

/// The one place where errors become HTTP.
enum ErrorAnswer {
    static func status(of code: ColophonError.Code) -> HTTPResponse.Status {
        switch code {
        case .badRequest: .badRequest
        case .invalid: .unprocessableContent
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .resyncRequired: .gone
        case .rateLimited: .tooManyRequests
        case .methodNotAllowed: .methodNotAllowed
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .notAcceptable: .notAcceptable
        case .unsupportedMedia: .unsupportedMediaType
        case .badGateway: .badGateway
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .storageFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .unavailable: .serviceUnavailable
        case .timeout: .gatewayTimeout
        default: .internalServerError
        }
    }

    /// Any error in Colophon's words; what is not known is `internal` and shown bare.
    static func colophonError(for error: any Error, method: HTTPRequest.Method, path: String, routes: RouteBook) -> ColophonError {
        switch error {
        case let error as ColophonError where error.code == .internal: return bare(error)
        case let error as ColophonError: return error
        case let error as AnswerError: return error.error
        case let error as HTTPError where error.status == .notFound:
            let allowed = routes.methods(at: path)
            if allowed.isEmpty || allowed.contains(method) { return ColophonError(.notFound, "There is nothing at this path.") }
            return ColophonError(.methodNotAllowed, "This path does not answer to \(method.rawValue).")
        case let error as HTTPError:
            return ColophonError(error.status == .contentTooLarge ? .tooLarge : .badRequest, error.body ?? error.status.reasonPhrase)
        case is CancellationError: return ColophonError(.unavailable, "The server is stopping; try again.", retryAfterSeconds: 1)
        default: return bare(error)
        }
    }

    /// What those are told who can do nothing about it.
    static func bare(_ error: any Error) -> ColophonError {
        ColophonError(.internal, "Something went wrong here; the server's log has the details under the request's id.", cause: error)
    }

    /// Tells the operator what the answer does not say: it has what a client can do.
    static func log(_ error: ColophonError, _ logger: Logger) {
        if error.code == .internal {
            logger.error("A request failed.", metadata: ["error": "\(String(reflecting: error.cause ?? error))"])
        } else if let cause = error.cause, status(of: error.code).kind == .serverError {
            logger.warning("\(error.message)", metadata: ["error": "\(cause)"])
        }
    }

    static func response(to error: ColophonError, path: String, requestID: String, routes: RouteBook) -> Response {
        let (problem, status, headers) = problem(of: error, path: path, requestID: requestID, routes: routes)
        // Strings and numbers always encode; were they not to, the status and headers would still say what they must.
        return (try? .json(problem, status: status, headers: headers, type: mediaType)) ?? Response(status: status, headers: headers)
    }

    static let mediaType = "application/problem+json"

    static func problem(
        of error: ColophonError, path: String, requestID: String, routes: RouteBook
    ) -> (Problem, HTTPResponse.Status, HTTPFields) {
        let status = status(of: error.code)
        let code = error.reason ?? word(of: error.code)
        let items = error.field.map { [Problem.Item(path: $0, message: error.message, code: code)] } ?? []
        let problem = Problem(
            type: error.code.rawValue, title: status.reasonPhrase, status: status.code, detail: error.message, instance: path,
            requestId: requestID, errors: items, code: code)
        var headers: HTTPFields = [:]
        switch error.code {
        case .methodNotAllowed: headers[.allow] = routes.methods(at: path).map(\.rawValue).sorted().joined(separator: ", ")
        case .unauthorized: headers[.wwwAuthenticate] = "Bearer realm=\"colophon\""
        case .unavailable, .rateLimited: headers[.retryAfter] = "\(error.retryAfterSeconds ?? 1)"
        default: break
        }
        return (problem, status, headers)
    }

    /// What clients of the document routes call a kind of error.
    private static func word(of code: ColophonError.Code) -> String {
        switch code {
        case .badRequest, .invalid: "INVALID_REQUEST"
        case .methodNotAllowed: "METHOD_NOT_ALLOWED"
        case .tooLarge: "TOO_LARGE"
        case .storageFull: "STORAGE_FULL"
        case .unavailable: "UNAVAILABLE"
        case .internal: "INTERNAL_ERROR"
        default: code.rawValue.uppercased()
        }
    }
}
