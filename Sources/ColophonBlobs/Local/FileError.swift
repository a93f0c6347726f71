import ColophonCore
import Foundation

/// What the file system said, in Colophon's words.
enum FileError {
    /// The error of the call that just failed.
    ///
    /// - Parameter action: What was tried, to follow "could not".
    static func current(_ action: String) -> ColophonError {
        let code = errno
        let cause = POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        return switch code {
        case ENOSPC, EDQUOT, EFBIG:
            ColophonError(
                .storageFull, "The disk that holds the documents is full; free some space and try again.", reason: "STORAGE_FULL",
                cause: cause)
        case EMFILE, ENFILE:
            ColophonError(.unavailable, "The server has too many files open; try again.", retryAfterSeconds: 1, cause: cause)
        case EACCES, EPERM, EROFS:
            ColophonError(.unavailable, "The server may not write to its data folder.", cause: cause)
        default:
            ColophonError(.internal, "The server could not \(action).", cause: cause)
        }
    }
}
