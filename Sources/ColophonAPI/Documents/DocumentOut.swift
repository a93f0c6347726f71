/// A document as a workspace's routes show it.
public struct DocumentOut: Codable, Sendable, Equatable {
    public var id: String
    public var workspaceId: String
    public var name: String
    /// Always `input`: what people upload.
    public var kind = "input"
    /// The media type of the newest bytes.
    public var contentType: String
    /// `pdf, image, text, html, markdown, archive, office, other`.
    public var fileType: String
    /// Of the newest bytes.
    public var byteSize: Int64
    /// From 1; raised by every upload of other bytes.
    public var currentVersionNo: Int
    /// Always 0: there are no comments here.
    public var commentCount = 0
    /// Whatever object clients have stored with it.
    public var metadata: [String: JSONValue]
    /// `uploaded, generated, manual`.
    public var source: String
    /// When somebody last did something to it, or asked for a run of it.
    public var activityAt: String
    public var createdAt: String
    /// When its bytes, name, tags or metadata last changed.
    public var updatedAt: String
    @Nullable public var deletedAt: String?
    /// Who deleted it, as events name an actor.
    @Nullable public var deletedBy: String?
    /// Folded and sorted.
    public var tags: [String]
    @Nullable public var uploader: Uploader?
    /// Always none: documents are not assigned to anybody here.
    @Nullable public var assigneeId: String?
    /// Always none, as `assigneeId`.
    @Nullable public var assignee: Uploader?
    /// Always none: documents have no rows of their own here.
    @Nullable public var listRow: [String: JSONValue]?
    /// The newest run.
    @Nullable public var lastRun: LastRun?
    /// The newest complete run, whose results are served; none until there is one.
    @Nullable public var currentRunId: String?
    /// Whether a run of it has completed; its results may have expired since.
    public var hasOutput: Bool

    public init(
        id: String, workspaceId: String, name: String, contentType: String, fileType: String, byteSize: Int64, currentVersionNo: Int,
        metadata: [String: JSONValue], source: String, activityAt: String, createdAt: String, updatedAt: String, deletedAt: String?,
        deletedBy: String?, tags: [String], uploader: Uploader?, lastRun: LastRun?, currentRunId: String?, hasOutput: Bool
    ) {
        self.id = id
        self.workspaceId = workspaceId
        self.name = name
        self.contentType = contentType
        self.fileType = fileType
        self.byteSize = byteSize
        self.currentVersionNo = currentVersionNo
        self.metadata = metadata
        self.source = source
        self.activityAt = activityAt
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.deletedAt = deletedAt
        self.deletedBy = deletedBy
        self.tags = tags
        self.uploader = uploader
        self.assigneeId = nil
        self.assignee = nil
        self.lastRun = lastRun
        self.currentRunId = currentRunId
        self.hasOutput = hasOutput
    }

    /// Who brought a document here.
    public struct Uploader: Codable, Sendable, Equatable {
        /// As events name an actor: `key:…`, `session:…`.
        public var id: String
        /// The key's name, or `anonymous`.
        public var name: String
        /// Always none: nobody is known by an address here.
        @Nullable public var email: String?

        public init(id: String, name: String, email: String? = nil) {
            self.id = id
            self.name = name
            self.email = email
        }
    }

    /// How a document's newest run stands.
    public struct LastRun: Codable, Sendable, Equatable {
        public var id: String
        /// From 1 in its document.
        public var number: Int
        /// `queued, running, succeeded, failed, cancelled`; none while it waits to be started.
        @Nullable public var status: String?
        /// `queued, parsing, storing, chunking, done`.
        public var step: String
        public var createdAt: String
        @Nullable public var startedAt: String?
        @Nullable public var completedAt: String?
        @Nullable public var errorCode: String?
        @Nullable public var errorMessage: String?
        public var pagesCompleted: Int
        @Nullable public var pagesTotal: Int?

        public init(
            id: String, number: Int, status: String?, step: String, createdAt: String, startedAt: String?, completedAt: String?,
            errorCode: String?, errorMessage: String?, pagesCompleted: Int, pagesTotal: Int?
        ) {
            self.id = id
            self.number = number
            self.status = status
            self.step = step
            self.createdAt = createdAt
            self.startedAt = startedAt
            self.completedAt = completedAt
            self.errorCode = errorCode
            self.errorMessage = errorMessage
            self.pagesCompleted = pagesCompleted
            self.pagesTotal = pagesTotal
        }
    }
}
