/// A document with the state of its newest run.
public struct DocumentStatus: Codable, Sendable, Equatable {
    public var documentId: String
    /// `idle, uploading, parsing, hydrating, complete, error`.
    public var phase: String
    /// The run's status: `uploaded, queued, processing, complete, failed, cancelled`.
    public var status: String
    /// The newest run.
    public var runId: String
    /// The same as `runId`, under its older name.
    public var workflowId: String
    /// The run that exports serve unless they name another; none until a run is complete.
    @Nullable public var currentRunId: String?
    public var fileName: String
    public var contentType: String
    public var bytes: Int64
    /// SHA-256 of the newest bytes, lower-case hexadecimal.
    public var pdfSha256: String
    /// From 1; raised by every upload of other bytes.
    public var versionNo: Int
    /// None until the run has opened the document.
    @Nullable public var pagesTotal: Int?
    public var pagesCompleted: Int
    /// Items of the newest run's result; 0 until it is complete.
    public var totalNodes: Int
    /// Nobody verifies nodes here: these four stay 0, for clients that expect them.
    public var verifiedNodes = 0
    public var failedNodes = 0
    public var pendingNodes = 0
    public var verificationPercent = 0
    /// The extractor while the run is processed.
    @Nullable public var activeVendor: String?
    /// The structure's root, as results refer to it.
    public var rootNodeId = "#/body"
    /// RFC 3339 in UTC, as all times are.
    public var createdAt: String
    public var updatedAt: String
    public var startedAt: String
    @Nullable public var completedAt: String?
    @Nullable public var error: RunError?
    /// What the newest run's result lacks.
    public var warnings: [RunWarningOut]
    /// In the answer to an upload: the run of equal bytes and settings that was there already, so that nothing was recorded. None elsewhere.
    @Nullable public var dedupedFrom: String?
    public var urls: [String: String]

    public init(
        documentId: String, phase: String, status: String, runId: String, currentRunId: String?, fileName: String, contentType: String,
        bytes: Int64, pdfSha256: String, versionNo: Int, pagesTotal: Int?, pagesCompleted: Int, totalNodes: Int, activeVendor: String?,
        createdAt: String, updatedAt: String, startedAt: String, completedAt: String?, error: RunError?,
        warnings: [RunWarningOut] = [], dedupedFrom: String? = nil, urls: [String: String]
    ) {
        self.documentId = documentId
        self.phase = phase
        self.status = status
        self.runId = runId
        workflowId = runId
        self.currentRunId = currentRunId
        self.fileName = fileName
        self.contentType = contentType
        self.bytes = bytes
        self.pdfSha256 = pdfSha256
        self.versionNo = versionNo
        self.pagesTotal = pagesTotal
        self.pagesCompleted = pagesCompleted
        self.totalNodes = totalNodes
        self.activeVendor = activeVendor
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.error = error
        self.warnings = warnings
        self.dedupedFrom = dedupedFrom
        self.urls = urls
    }
}

extension DocumentStatus {
    /// Whether nothing will happen to the newest run unless somebody asks.
    public var isFinal: Bool { RunRecord.finalStatuses.contains(status) }
}

/// What becomes of an upload without an id whose bytes and settings the workspace has a run of already.
public enum DuplicateChoice: String, Codable, Sendable, CaseIterable {
    /// That run and its document are the answer.
    case reuse
    /// A document of its own is made; its run completes at once when that run has.
    case record
}

/// A page of a workspace's documents, newest first.
public struct DocumentList: Codable, Sendable, Equatable {
    public var documents: [DocumentStatus]
    public var hasMore: Bool
    /// What to send as `after` for the next page.
    @Nullable public var nextAfter: String?

    public init(documents: [DocumentStatus], hasMore: Bool, nextAfter: String?) {
        self.documents = documents
        self.hasMore = hasMore
        self.nextAfter = nextAfter
    }
}
