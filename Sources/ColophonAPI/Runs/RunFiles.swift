/// The bytes that a run reads.
public struct RunInput: Codable, Sendable, Equatable {
    public var documentId: String
    public var versionId: String
    public var versionNo: Int
    public var name: String
    public var byteSize: Int64
    public var contentType: String
    /// Lower-case hexadecimal.
    public var sha256: String

    public init(
        documentId: String, versionId: String, versionNo: Int, name: String, byteSize: Int64, contentType: String, sha256: String
    ) {
        self.documentId = documentId
        self.versionId = versionId
        self.versionNo = versionNo
        self.name = name
        self.byteSize = byteSize
        self.contentType = contentType
        self.sha256 = sha256
    }
}

/// What a run has made.
public struct RunOutput: Codable, Sendable, Equatable {
    public var items: [Item]

    public struct Item: Codable, Sendable, Equatable {
        /// Always `output`.
        public var kind = "output"
        /// `json, md, html, text`: what a download takes as `format`.
        public var format: String
        /// Where XML is from: `embedded` or `mapping`; nil for other formats.
        public var source: String?
        public var contentType: String
        public var byteSize: Int64
        /// Lower-case hexadecimal.
        public var sha256: String

        public init(format: String, source: String? = nil, contentType: String, byteSize: Int64, sha256: String) {
            self.format = format
            self.source = source
            self.contentType = contentType
            self.byteSize = byteSize
            self.sha256 = sha256
        }
    }

    public init(items: [Item]) { self.items = items }
}

/// How far a run has come, as its stream of events tells it in between.
public struct RunProgress: Codable, Sendable, Equatable {
    public var pagesCompleted: Int
    /// None until the document has been opened.
    @Nullable public var pagesTotal: Int?
    public var step: String

    public init(pagesCompleted: Int, pagesTotal: Int?, step: String) {
        self.pagesCompleted = pagesCompleted
        self.pagesTotal = pagesTotal
        self.step = step
    }
}

/// Why a run's stream of events ends.
public struct RunEnd: Codable, Sendable, Equatable {
    /// `run_complete`: the stream told of the run's end; `terminal_status`: the client had that already, or nothing tells of it.
    public var reason: String
    /// `succeeded, failed, cancelled`.
    public var status: String

    public init(reason: String, status: String) {
        self.reason = reason
        self.status = status
    }
}
