/// A run as a workspace's routes show it.
public struct RunOut: Codable, Sendable, Equatable {
    public var id: String
    /// The same as `id`.
    public var runId: String
    public var documentId: String
    /// The bytes that it reads.
    public var versionId: String
    /// From 1 in its document; a newer run has a higher one.
    public var number: Int
    /// `queued, running, succeeded, failed, cancelled`; none while it waits to be started.
    @Nullable public var status: String?
    /// The same in the words of the older document routes: `idle, uploading, parsing, hydrating, complete, error`.
    public var phase: String
    /// The same as the ledger has it: `uploaded, queued, processing, complete, failed, cancelled`.
    public var state: String
    /// `queued, parsing, storing, chunking, done`.
    public var step: String
    /// How often it was tried.
    public var attempt: Int
    public var createdAt: String
    /// When it was first tried.
    @Nullable public var startedAt: String?
    /// When it ended, however it ended.
    @Nullable public var completedAt: String?
    public var updatedAt: String
    public var pagesCompleted: Int
    /// None until the document has been opened.
    @Nullable public var pagesTotal: Int?
    public var extractor: String
    public var extractorVersion: String
    /// In which languages pages without text are recognised; none recognises nothing.
    public var ocrLanguages: [String]
    /// With which mapping it makes XML; nil for none.
    public var mapping: String?
    @Nullable public var errorCode: String?
    @Nullable public var errorMessage: String?
    /// What the result lacks.
    public var warnings: [RunWarningOut]
    /// The run of equal bytes and settings whose results this one serves.
    @Nullable public var duplicateOf: String?

    public init(
        id: String, documentId: String, versionId: String, number: Int, status: String?, phase: String, state: String, step: String,
        attempt: Int, createdAt: String, startedAt: String?, completedAt: String?, updatedAt: String, pagesCompleted: Int,
        pagesTotal: Int?, extractor: String, extractorVersion: String, ocrLanguages: [String] = [], mapping: String? = nil,
        errorCode: String?,
        errorMessage: String?,
        warnings: [RunWarningOut] = [], duplicateOf: String?
    ) {
        self.id = id
        runId = id
        self.documentId = documentId
        self.versionId = versionId
        self.number = number
        self.status = status
        self.phase = phase
        self.state = state
        self.step = step
        self.attempt = attempt
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.updatedAt = updatedAt
        self.pagesCompleted = pagesCompleted
        self.pagesTotal = pagesTotal
        self.extractor = extractor
        self.extractorVersion = extractorVersion
        self.ocrLanguages = ocrLanguages
        self.mapping = mapping
        self.errorCode = errorCode
        self.errorMessage = errorMessage
        self.warnings = warnings
        self.duplicateOf = duplicateOf
    }

    /// Whether nothing will happen to it unless somebody asks.
    public var isFinal: Bool { RunRecord.finalStatuses.contains(state) }
}

/// A page of a workspace's runs, newest first.
public struct RunListOut: Codable, Sendable, Equatable {
    public var items: [RunOut]
    public var meta: PageMeta

    public init(items: [RunOut], meta: PageMeta) {
        self.items = items
        self.meta = meta
    }
}

/// The body that asks for a run of one document.
public struct RunBody: Codable, Sendable, Equatable {
    public var documentId: String
    /// In which languages pages without text are recognised; none leaves the server's.
    public var ocrLanguages: [String]?

    public init(documentId: String, ocrLanguages: [String]? = nil) {
        self.documentId = documentId
        self.ocrLanguages = ocrLanguages
    }
}

/// The answer to a batch of new runs.
public struct BatchRuns: Codable, Sendable, Equatable {
    public var runs: [RunOut]
    /// Ids that name no live document of this workspace.
    public var notFound: [String]

    public init(runs: [RunOut], notFound: [String]) {
        self.runs = runs
        self.notFound = notFound
    }
}
