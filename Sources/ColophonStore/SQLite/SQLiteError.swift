import ColophonCore
import GRDB

/// SQLite's result codes in Colophon's words.
enum SQLiteError {
    /// Whether the engine, not the statement, is at fault, so that its transaction cannot go on.
    static func isEngineFailure(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_NOMEM, .SQLITE_CORRUPT, .SQLITE_READONLY, .SQLITE_CANTOPEN,
            .SQLITE_INTERRUPT:
            true
        default: false
        }
    }

    /// Whether what was to be written breaks a constraint.
    static func isRefusal(_ error: any Error) -> Bool { (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT }

    static func translate(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return switch error.resultCode {
        case .SQLITE_FULL:
            ColophonError(.storageFull, "The disk that holds the database is full; free some space and try again.", cause: error)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            ColophonError(.unavailable, "The database is locked by another process; try again.", retryAfterSeconds: 1, cause: error)
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_NOTADB, .SQLITE_PERM:
            ColophonError(.unavailable, "The database file cannot be opened for writing; check its path and permissions.", cause: error)
        default:
            ColophonError(.internal, "The database could not do this.", cause: error)
        }
    }

    static func translating<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw translate(error) }
    }
}
