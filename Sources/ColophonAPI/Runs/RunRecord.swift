/// One processing of a document, as the ledger has it.
public struct RunRecord: Codable, Sendable, Equatable {
    public var runId: String
    /// The same as `runId`, under its older name.
    public var workflowId: String
    public var documentId: String
    public var versionId: String
    /// From 1 in its document; a newer run has a higher one.
    public var number: Int
    public var phase: String
    public var status: String
    /// `queued, parsing, storing, chunking, done`.
    public var step: String
    /// How often it was tried.
    public var attempt: Int
    public var extractor: String
    public var extractorVersion: String
    /// In which languages pages without text are recognised; none recognises nothing.
    public var ocrLanguages: [String]
    /// With which mapping it makes XML; nil for none.
    public var mapping: String?
    @Nullable public var pagesTotal: Int?
    public var pagesCompleted: Int
    public var createdAt: String
    /// When it was first tried, or else made.
    public var startedAt: String
    public var updatedAt: String
    /// When it ended, however it ended.
    @Nullable public var completedAt: String?
    @Nullable public var error: RunError?
    /// What the result lacks.
    public var warnings: [RunWarningOut]
    /// The run of equal bytes and settings whose results this one serves; none when it was processed itself.
    @Nullable public var duplicateOf: String?
    /// When its results are due to go, unless something needs them; none keeps them.
    @Nullable public var expiresAt: String?
    /// When its results went.
    @Nullable public var expiredAt: String?

    public init(
        runId: String, documentId: String, versionId: String, number: Int, phase: String, status: String, step: String, attempt: Int,
        extractor: String, extractorVersion: String, ocrLanguages: [String] = [], mapping: String? = nil, pagesTotal: Int?,
        pagesCompleted: Int, createdAt: String,
        startedAt: String,
        updatedAt: String, completedAt: String?, error: RunError?, warnings: [RunWarningOut] = [], duplicateOf: String? = nil,
        expiresAt: String? = nil,
        expiredAt: String? = nil
    ) {
        self.runId = runId
        workflowId = runId
        self.documentId = documentId
        self.versionId = versionId
        self.number = number
        self.phase = phase
        self.status = status
        self.step = step
        self.attempt = attempt
        self.extractor = extractor
        self.extractorVersion = extractorVersion
        self.ocrLanguages = ocrLanguages
        self.mapping = mapping
        self.pagesTotal = pagesTotal
        self.pagesCompleted = pagesCompleted
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.completedAt = completedAt
        self.error = error
        self.warnings = warnings
        self.duplicateOf = duplicateOf
        self.expiresAt = expiresAt
        self.expiredAt = expiredAt
    }

    /// Whether nothing will happen to it unless somebody asks.
    public var isFinal: Bool { Self.finalStatuses.contains(status) }

    static let finalStatuses: Set<String> = ["complete", "failed", "cancelled"]
}

/// Why a run did not complete.
public struct RunError: Codable, Sendable, Equatable {
    /// `PARSE_FAILED`, `CANCELLED`, …
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// Why a complete run's result lacks something.
public struct RunWarningOut: Codable, Sendable, Equatable {
    /// `PAGES_DAMAGED`, `PAGES_NOT_RECOGNIZED`, `PAGES_POORLY_RECOGNIZED`.
    public var code: String
    public var message: String
    /// From 1.
    public var pages: [Int]

    public init(code: String, message: String, pages: [Int]) {
        self.code = code
        self.message = message
        self.pages = pages
    }
}

/// A page of a document's runs, newest first.
public struct RunList: Codable, Sendable, Equatable {
    public var runs: [RunRecord]
    public var hasMore: Bool
    /// What to send as `before` for the next page.
    @Nullable public var nextBefore: Int?

    public init(runs: [RunRecord], hasMore: Bool, nextBefore: Int?) {
        self.runs = runs
        self.hasMore = hasMore
        self.nextBefore = nextBefore
    }
}
