/// The one error that Colophon's verbs throw.
package struct ColophonError: Error {
    package var code: Code
    /// Which thing, what happened, what to do; safe to show to any caller.
    package var message: String
    /// The part of the request that is to blame, when one is.
    package var field: String?
    /// The word that clients of the document and run routes know this by, where `code` alone does not say it.
    package var reason: String?
    /// How long a caller should wait before it tries again, in whole seconds.
    package var retryAfterSeconds: Int?
    /// What lay underneath; logged, never sent.
    package var cause: (any Error)?

    package init(
        _ code: Code, _ message: String, field: String? = nil, reason: String? = nil, retryAfterSeconds: Int? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.reason = reason
        self.retryAfterSeconds = retryAfterSeconds
        self.cause = cause
    }

    /// Open rather than an enum: an older SDK must survive a newer server.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: String
        package init(rawValue: String) { self.rawValue = rawValue }

        /// The request cannot be understood.
        package static let badRequest = Self(rawValue: "bad_request")
        /// The request is understood and its values are not allowed.
        package static let invalid = Self(rawValue: "validation_error")
        package static let unauthorized = Self(rawValue: "unauthorized")
        /// Who asks is known and may not do this.
        package static let forbidden = Self(rawValue: "forbidden")
        package static let notFound = Self(rawValue: "not_found")
        package static let methodNotAllowed = Self(rawValue: "method_not_allowed")
        /// The thing is in a state that does not allow this.
        package static let conflict = Self(rawValue: "conflict")
        /// A position in a feed that cannot be continued from: what lies after it is gone, or it was never given out.
        package static let resyncRequired = Self(rawValue: "resync_required")
        /// Too much was asked in too short a time.
        package static let rateLimited = Self(rawValue: "rate_limited")
        package static let tooLarge = Self(rawValue: "payload_too_large")
        /// What is asked for cannot be given in the form that is asked for.
        package static let notAcceptable = Self(rawValue: "not_acceptable")
        package static let unsupportedMedia = Self(rawValue: "unsupported_media_type")
        /// Something behind this server failed.
        package static let badGateway = Self(rawValue: "bad_gateway")
        package static let rangeNotSatisfiable = Self(rawValue: "range_not_satisfiable")
        /// The disk, or the share of it that Colophon may use, is full.
        package static let storageFull = Self(rawValue: "insufficient_storage")
        /// A part that Colophon needs is away; the same request may work later.
        package static let unavailable = Self(rawValue: "service_unavailable")
        /// Stored bytes are not those that were stored.
        package static let damaged = Self(rawValue: "damaged")
        package static let timeout = Self(rawValue: "timeout")
        package static let `internal` = Self(rawValue: "internal_error")
    }
}

extension ColophonError {
    /// One sentence for what is unknown and for what belongs to others: they must not be told apart.
    package static func unknownDocument() -> Self {
        Self(.notFound, "No such document.", reason: "DOCUMENT_NOT_FOUND")
    }

    /// In the same words for a workspace of others.
    package static func unknownWorkspace() -> Self { Self(.notFound, "No such workspace.", reason: "WORKSPACE_NOT_FOUND") }

    /// In the same words whatever is wrong with a credential, and when there is none.
    package static func unauthorized() -> Self {
        Self(.unauthorized, "Send a valid key, as a bearer token or in X-API-Key, or sign in.", reason: "UNAUTHORIZED")
    }

    package static func uploadTooLarge(_ bytesMax: Int64) -> Self {
        Self(.tooLarge, "The file is larger than the \(bytesMax) bytes that this server accepts.", reason: "TOO_LARGE")
    }

    package static func damagedBlob(cause: (any Error)? = nil) -> Self {
        Self(.damaged, "The stored bytes are not those that were stored; upload the document again.", reason: "DAMAGED", cause: cause)
    }

    package static func missingBlob(cause: (any Error)? = nil) -> Self {
        Self(.notFound, "The stored bytes are gone.", reason: "EXPIRED", cause: cause)
    }

    package static func unknownRun() -> Self { Self(.notFound, "No such run of this document.", reason: "RUN_NOT_FOUND") }

    static func noSuchPage(_ number: Int, of count: Int) -> Self {
        Self(.notFound, "This result has no page \(number); it has \(count).", reason: "PAGE_NOT_FOUND")
    }

    /// Bytes that were kept as long as the workspace's retention says.
    ///
    /// - Parameter what: What has expired, to begin a sentence.
    package static func expired(_ what: String) -> Self { Self(.notFound, "\(what) no longer kept here.", reason: "EXPIRED") }

    /// The caller's lease on a run has ended: whatever it wants to write must be dropped.
    package static func leaseLost(_ run: RunID) -> Self {
        Self(.conflict, "Run \(run) is no longer held under this epoch.", reason: "LEASE_LOST")
    }
}
