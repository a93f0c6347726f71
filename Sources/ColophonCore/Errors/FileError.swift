import Foundation

/// What the file system said, in Colophon's words.
package enum FileError {
    package enum Disk: Sendable { case data, backup }

    /// The error of the call that just failed.
    ///
    /// - Parameters:
    ///   - action: What was tried, to follow "could not".
    ///   - disk: Where. Of the data folder clients are told, who need no names; of a backup its operator is, who needs all.
    package static func current(_ action: String, on disk: Disk = .data) -> ColophonError {
        let code = errno
        let cause = POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
        switch code {
        case ENOSPC, EDQUOT, EFBIG:
            let message =
                switch disk {
                case .data: "The disk that holds the documents is full; free some space and try again."
                case .backup: "The disk that holds the backup is full; it is not complete."
                }
            return ColophonError(.storageFull, message, reason: "STORAGE_FULL", cause: cause)
        case _ where disk == .backup:
            return ColophonError(.unavailable, "The program could not \(action): \(String(cString: strerror(code))).", cause: cause)
        case EMFILE, ENFILE:
            return ColophonError(.unavailable, "The server has too many files open; try again.", retryAfterSeconds: 1, cause: cause)
        case EACCES, EPERM, EROFS:
            return ColophonError(.unavailable, "The server may not use a file of its data folder, or not write there.", cause: cause)
        default:
            return ColophonError(.internal, "The server could not \(action).", cause: cause)
        }
    }
}
