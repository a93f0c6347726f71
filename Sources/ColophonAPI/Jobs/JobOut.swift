/// A run as the queue's clients know it; with snake-case names, as they were specified.
public struct JobOut: Codable, Sendable, Equatable {
    public struct Failure: Codable, Sendable, Equatable {
        public var code: String
        /// A sentence for people.
        public var message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// The run's.
    public var id: String
    /// Its document's.
    public var documentID: String
    /// As the sender called it.
    public var filename: String
    public var bytes: Int64
    /// `uploaded, queued, processing, complete, failed`; what was cancelled has failed with the code `CANCELLED`.
    public var status: String
    public var step: String
    public var pagesDone: Int
    /// Nil until the file has been opened.
    @Nullable public var pagesTotal: Int?
    @Nullable public var mapping: String?
    public var createdAt: String
    public var updatedAt: String
    @Nullable public var startedAt: String?
    @Nullable public var completedAt: String?
    /// Set if and only if the status is `failed`.
    @Nullable public var error: Failure?
    /// Whether there is XML to be fetched.
    public var canDownload: Bool
    /// How often it was fetched to the last byte.
    public var downloadCount: Int
    @Nullable public var firstDownloadedAt: String?
    /// When the XML goes; nil keeps it.
    @Nullable public var expiresAt: String?

    enum CodingKeys: String, CodingKey {
        case id, filename, bytes, status, step, mapping, error
        case documentID = "document_id"
        case pagesDone = "pages_done"
        case pagesTotal = "pages_total"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case canDownload = "can_download"
        case downloadCount = "download_count"
        case firstDownloadedAt = "first_downloaded_at"
        case expiresAt = "expires_at"
    }

    public init(
        id: String, documentID: String, filename: String, bytes: Int64, status: String, step: String, pagesDone: Int, pagesTotal: Int?,
        mapping: String?, createdAt: String, updatedAt: String, startedAt: String?, completedAt: String?, error: Failure?,
        canDownload: Bool,
        downloadCount: Int, firstDownloadedAt: String?, expiresAt: String?
    ) {
        self.id = id
        self.documentID = documentID
        self.filename = filename
        self.bytes = bytes
        self.status = status
        self.step = step
        self.pagesDone = pagesDone
        self.pagesTotal = pagesTotal
        self.mapping = mapping
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.startedAt = startedAt
        self.completedAt = completedAt
        self.error = error
        self.canDownload = canDownload
        self.downloadCount = downloadCount
        self.firstDownloadedAt = firstDownloadedAt
        self.expiresAt = expiresAt
    }
}

/// What an upload to the queue is answered with.
public struct UploadedJob: Codable, Sendable, Equatable {
    public var job: JobOut
    /// The job of equal bytes and mapping that is the answer; nil where this upload made one.
    @Nullable public var dedupedFrom: String?

    enum CodingKeys: String, CodingKey {
        case job
        case dedupedFrom = "deduped_from"
    }

    public init(job: JobOut, dedupedFrom: String?) {
        self.job = job
        self.dedupedFrom = dedupedFrom
    }
}

/// A page of jobs, newest first.
public struct JobList: Codable, Sendable, Equatable {
    public var jobs: [JobOut]
    @Nullable public var nextCursor: String?
    /// How many of all the caller's jobs have not ended.
    public var activeCount: Int

    enum CodingKeys: String, CodingKey {
        case jobs
        case nextCursor = "next_cursor"
        case activeCount = "active_count"
    }

    public init(jobs: [JobOut], nextCursor: String?, activeCount: Int) {
        self.jobs = jobs
        self.nextCursor = nextCursor
        self.activeCount = activeCount
    }
}

/// The mappings that a server offers.
public struct MappingList: Codable, Sendable, Equatable {
    /// The name of the one for uploads that name none; nil where each must name one.
    @Nullable public var `default`: String?
    public struct Mapping: Codable, Sendable, Equatable {
        public var name: String
        public var title: String
        public var summary: String

        public init(name: String, title: String, summary: String) {
            self.name = name
            self.title = title
            self.summary = summary
        }
    }

    public var mappings: [Mapping]

    public init(mappings: [Mapping], default: String?) {
        self.mappings = mappings
        self.default = `default`
    }
}
