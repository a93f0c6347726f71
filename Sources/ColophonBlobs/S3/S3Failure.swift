import AsyncHTTPClient
import ColophonCore
import Foundation

/// Why a request to the store did not do what was asked.
struct S3Failure: Error {
    enum Kind {
        /// The store answered with an error; `code` is empty where its answer had no body.
        case refused(status: Int, code: String)
        /// No whole answer came.
        case noAnswer(any Error)
        /// The answer cannot be understood.
        case badAnswer(String)
    }

    var kind: Kind
    /// Method and path, for the log.
    var request: String
    /// The store's own words; for the log.
    var message = ""
    /// Names the request in the store's log.
    var requestID = ""
    /// When the store wants to be asked again, in whole seconds.
    var retryAfterSeconds: Int?

    var status: Int? { if case .refused(let status, _) = kind { status } else { nil } }
    var code: String { if case .refused(_, let code) = kind { code } else { "" } }

    /// Whether the same request may work a moment later.
    var isPassing: Bool {
        switch kind {
        case .noAnswer: true
        case .badAnswer: false
        case .refused(let status, let code):
            ["InternalError", "OperationAborted", "ConditionalRequestConflict", "RequestTimeout", "ServiceUnavailable", "SlowDown"]
                .contains(code) || [408, 429, 500, 502, 503, 504].contains(status)
        }
    }

    /// What it means in Colophon's words; the store's words and names stay in the cause, which only the log sees.
    var colophonError: ColophonError {
        switch kind {
        case .noAnswer:
            ColophonError(
                .unavailable, "The store that holds the documents does not answer; try again.", retryAfterSeconds: retryAfterSeconds ?? 5,
                cause: self)
        case .badAnswer:
            ColophonError(
                .unavailable, "What answers for the store that holds the documents does not speak S3; check --blobs.",
                retryAfterSeconds: 60, cause: self)
        case .refused(let status, let code): refusal(status, code)
        }
    }

    private func refusal(_ status: Int, _ code: String) -> ColophonError {
        switch code {
        case "NoSuchBucket": return set("The bucket for the documents does not exist; make it, or correct --blobs.")
        case "InvalidAccessKeyId":
            return set("The store that holds the documents does not know the server's access key; check AWS_ACCESS_KEY_ID.")
        case "SignatureDoesNotMatch":
            return set("The store that holds the documents rejects the server's signature; check AWS_SECRET_ACCESS_KEY.")
        case "ExpiredToken", "InvalidToken", "TokenRefreshRequired":
            return set("The server's temporary credentials for the store of the documents have ended; renew them and restart it.")
        case "RequestTimeTooSkewed": return set("The server's clock and that of the store that holds the documents differ; set it right.")
        case "AuthorizationHeaderMalformed", "IllegalLocationConstraintException":
            return set("The bucket for the documents lies in another region; correct region= in --blobs.")
        case "QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded": return full
        case "NoSuchKey": return .missingBlob(cause: self)
        case "InvalidRange": return .damagedBlob(cause: self)
        case "PreconditionFailed": return ColophonError(.conflict, "These bytes are stored already.", reason: "BLOB_EXISTS", cause: self)
        default: break
        }
        switch status {
        case 300..<400: return set("The bucket for the documents lies elsewhere; correct endpoint= and region= in --blobs.")
        case 401, 403: return set("The server's credentials do not allow this in the bucket for the documents; check its permissions.")
        case 404: return .missingBlob(cause: self)
        case 416: return .damagedBlob(cause: self)
        case 507: return full
        case _ where isPassing:
            return ColophonError(
                .unavailable, "The store that holds the documents is busy; try again.", retryAfterSeconds: retryAfterSeconds ?? 5,
                cause: self)
        default: return ColophonError(.internal, "The store that holds the documents refused a request.", cause: self)
        }
    }

    /// Somebody must set something right first: waiting alone does not help, but a client cannot do more.
    private func set(_ message: String) -> ColophonError {
        ColophonError(.unavailable, message, retryAfterSeconds: 60, cause: self)
    }

    private var full: ColophonError {
        ColophonError(
            .storageFull, "The store that holds the documents is full; free some space and try again.", reason: "STORAGE_FULL", cause: self)
    }
}

extension S3Failure: CustomStringConvertible {
    /// One line for the log, in the store's own words.
    var description: String {
        let what =
            switch kind {
            case .refused(let status, let code): "\(status) \(code) \(message)"
            case .noAnswer(let error): "no answer: \(error)"
            case .badAnswer(let what): "a bad answer: \(what)"
            }
        return "\(request): \(what.trimmingCharacters(in: .whitespaces))" + (requestID.isEmpty ? "" : ", request \(requestID)")
    }
}
