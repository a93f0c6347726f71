/// The pages of a run's result.
public struct PageList: Codable, Sendable, Equatable {
    public var documentId: String
    /// The run that made them.
    public var runId: String
    public var pages: [Summary]

    public struct Summary: Codable, Sendable, Equatable {
        /// From 1.
        public var pageNumber: Int
        /// In points, 1/72 inch.
        public var width: Double
        public var height: Double

        public init(pageNumber: Int, width: Double, height: Double) {
            self.pageNumber = pageNumber
            self.width = width
            self.height = height
        }
    }

    public init(documentId: String, runId: String, pages: [Summary]) {
        self.documentId = documentId
        self.runId = runId
        self.pages = pages
    }
}

/// One page of a run's result.
public struct PageContent: Codable, Sendable, Equatable {
    public var documentId: String
    public var runId: String
    public var pageNumber: Int
    public var width: Double
    public var height: Double
    public var markdown: String
    public var text: String

    public init(documentId: String, runId: String, pageNumber: Int, width: Double, height: Double, markdown: String, text: String) {
        self.documentId = documentId
        self.runId = runId
        self.pageNumber = pageNumber
        self.width = width
        self.height = height
        self.markdown = markdown
        self.text = text
    }
}
