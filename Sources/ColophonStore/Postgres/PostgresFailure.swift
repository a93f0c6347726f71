import ColophonCore

/// What libpq or the server said.
struct PostgresFailure: Error {
    /// PostgreSQL's five-character code; nil when the connection itself failed (PostgreSQL documentation, appendix A).
    var sqlState: String?
    var message: String
    /// Whether the connection can no longer be used.
    var isConnectionLost: Bool

    /// In place of a code, when libpq found that TLS cannot be had as the URL demands.
    static let tlsRefused = "TLS"

    /// Whether the same transaction may succeed at once: it was the victim of a deadlock, or came between two others.
    var isTransient: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// Whether what was to be written has a wrong form or breaks a constraint.
    var isRefusal: Bool { sqlState.map { $0.hasPrefix("22") || $0.hasPrefix("23") } ?? false }

    /// In Colophon's words.
    var error: ColophonError {
        switch sqlState {
        case "53100", "53200":
            ColophonError(.storageFull, "The database server is out of disk or memory; free some and try again.", cause: self)
        case "28000", "28P01":
            ColophonError(.unavailable, "The database server does not accept this user and password; check --database.", cause: self)
        case "3D000": ColophonError(.unavailable, "The database that --database names does not exist on its server.", cause: self)
        case Self.tlsRefused:
            ColophonError(
                .unavailable, "The database server offers no TLS as --database demands it; check its certificate, sslmode and sslrootcert.",
                cause: self)
        case "42501": ColophonError(.unavailable, "The database user may not do this; grant it the rights on the schema.", cause: self)
        case "25006", "55000":
            ColophonError(.unavailable, "The database server does not take writes now.", retryAfterSeconds: 1, cause: self)
        case "55P03", "57014", "40001", "40P01":
            ColophonError(.unavailable, "The database is too busy; try again.", retryAfterSeconds: 1, cause: self)
        case let state? where state.hasPrefix("08") || state.hasPrefix("57P") || state.hasPrefix("53") || state == "25P03":
            ColophonError(.unavailable, Self.away, retryAfterSeconds: 1, cause: self)
        case nil where isConnectionLost: ColophonError(.unavailable, Self.away, retryAfterSeconds: 1, cause: self)
        default: ColophonError(.internal, "The database could not do this.", cause: self)
        }
    }

    private static let away = "The database server is away; try again."

    static func translate(_ error: any Error) -> any Error { (error as? PostgresFailure)?.error ?? error }
}
