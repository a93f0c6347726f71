/// Why a run failed: a code from one table and a sentence that a person understands.
package struct RunFailure: Error, Sendable, Equatable {
    package var code: Code
    package var message: String
    /// How long to wait at least before the next attempt, where whoever failed says so; not stored.
    package var retryAfter: Duration?

    package init(_ code: Code, _ message: String? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.retryAfter = retryAfter
        self.message = String((message ?? code.sentence).prefix(Self.messageCharactersMax))
    }

    /// Longer messages are cut.
    package static let messageCharactersMax = 1000

    /// What a failure means for the next attempt.
    package enum Class: String, Sendable {
        /// The same attempt may work later.
        case retryable
        /// The same bytes will fail the same way.
        case permanent
        /// The attempt was cut off and said nothing; counted against the version, three of them quarantine it.
        case lost
    }

    package enum Code: String, CaseIterable, Sendable {
        case unsupportedFormat = "UNSUPPORTED_FORMAT"
        case parseFailed = "PARSE_FAILED"
        case passwordProtected = "PASSWORD_PROTECTED"
        case tooManyPages = "TOO_MANY_PAGES"
        case timeoutParse = "TIMEOUT_PARSE"
        case outOfMemory = "OUT_OF_MEMORY"
        case invalidMapping = "INVALID_MAPPING"
        case validationError = "VALIDATION_ERROR"
        case tooLarge = "TOO_LARGE"
        case gatewayRefused = "GW_4XX"
        case gatewayFailed = "GW_5XX"
        case gatewayTimeout = "GW_TIMEOUT"
        case gatewayUnavailable = "GW_UNAVAILABLE"
        case deadline = "DEADLINE"
        case lost = "LOST"
        case ioError = "IO_ERROR"
        case unknown = "UNKNOWN"

        package var failureClass: Class {
            switch self {
            case .unsupportedFormat, .parseFailed, .passwordProtected, .tooManyPages, .timeoutParse, .outOfMemory, .invalidMapping,
                .validationError, .tooLarge, .gatewayRefused, .gatewayUnavailable, .deadline:
                .permanent
            case .ioError, .unknown, .gatewayFailed, .gatewayTimeout: .retryable
            case .lost: .lost
            }
        }

        package var sentence: String {
            switch self {
            case .unsupportedFormat: "This kind of file cannot be processed."
            case .parseFailed: "The file is damaged: it could not be read as the format it claims to be."
            case .passwordProtected: "The file is protected by a password; send it along as X-Document-Password."
            case .tooManyPages: "The file has more pages than this server processes."
            case .timeoutParse: "Reading the file took longer than this server allows."
            case .outOfMemory: "Reading the file took more memory than this server allows."
            case .invalidMapping: "The mapping that this run asks for is not on the server that read the file."
            case .validationError: "What the document says cannot be turned into XML."
            case .tooLarge: "The file is larger than what is to process it takes."
            case .gatewayRefused: "The gateway refused the file or the mapping; trying again does not help before something is changed."
            case .gatewayFailed: "The gateway failed or could not be reached; try again later."
            case .gatewayTimeout: "The gateway did not answer in time; try again later."
            case .gatewayUnavailable: "The gateway has failed too often of late to be asked; try again later."
            case .deadline: "The run was not finished by its deadline."
            case .lost: "The process that read this file was ended again and again; the file may be harmful and is set aside."
            case .ioError: "Reading or writing stored bytes failed; try again."
            case .unknown: "The run failed for a reason that this server does not know; its log has the details."
            }
        }
    }
}
