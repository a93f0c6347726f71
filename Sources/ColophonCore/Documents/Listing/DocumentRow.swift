/// A document as lists and single answers show it: what it is, its tags, and how its newest run stands, all of one moment.
package struct DocumentRow: Sendable, Equatable {
    package var id: DocumentID
    package var workspace: WorkspaceID
    package var name: String
    package var contentType: String
    package var fileType: FileType
    /// Of the newest version.
    package var byteSize: Int64
    /// Of the newest version, from 1.
    package var versionNumber: Int
    package var metadata: DocumentMetadata
    package var source: DocumentSource
    package var uploader: Uploader
    /// Sorted.
    package var tags: [String]
    package var createdAt: Timestamp
    /// When its bytes, name, tags or metadata were changed last.
    package var updatedAt: Timestamp
    /// When somebody last changed it or asked for a run.
    package var activityAt: Timestamp
    /// When its newest run was asked for.
    package var lastRunAt: Timestamp?
    package var deletedAt: Timestamp?
    /// Who deleted it, as events name actors.
    package var deletedBy: String?
    /// The newest run, whatever its status.
    package var lastRun: Run?
    /// The newest complete run, whose results exports serve.
    package var currentRunID: RunID?

    /// Whether any run of it has completed; its results may have expired since.
    package var hasOutput: Bool { currentRunID != nil }

    /// The newest run in the words of lists; nil when there is none or it waits to be started.
    package var lastRunPhase: LastRunPhase? {
        lastRun.flatMap { RunWords(status: $0.status, step: $0.step).lastRun }.flatMap(LastRunPhase.init)
    }

    package struct Uploader: Sendable, Hashable {
        /// As events name actors: `key:…` or `session:…`.
        package var id: String
        /// The key's name; `anonymous` for a browser's session.
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    package init(
        id: DocumentID, workspace: WorkspaceID, name: String, contentType: String, fileType: FileType, byteSize: Int64,
        versionNumber: Int, metadata: DocumentMetadata, source: DocumentSource, uploader: Uploader, tags: [String], createdAt: Timestamp,
        updatedAt: Timestamp, activityAt: Timestamp, lastRunAt: Timestamp?, deletedAt: Timestamp?, deletedBy: String?, lastRun: Run?,
        currentRunID: RunID?
    ) {
        self.id = id
        self.workspace = workspace
        self.name = name
        self.contentType = contentType
        self.fileType = fileType
        self.byteSize = byteSize
        self.versionNumber = versionNumber
        self.metadata = metadata
        self.source = source
        self.uploader = uploader
        self.tags = tags
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.activityAt = activityAt
        self.lastRunAt = lastRunAt
        self.deletedAt = deletedAt
        self.deletedBy = deletedBy
        self.lastRun = lastRun
        self.currentRunID = currentRunID
    }
}

extension DocumentRow {
    /// What the document is sorted by in a column.
    package func sortValue(_ id: SortKey.ID) -> SortValue {
        switch id {
        case .id: .text(self.id.rawValue)
        case .createdAt: .integer(createdAt.milliseconds)
        case .updatedAt: .integer(updatedAt.milliseconds)
        case .deletedAt: deletedAt.map { .integer($0.milliseconds) } ?? .null
        case .lastRunAt: lastRunAt.map { .integer($0.milliseconds) } ?? .null
        case .activityAt: .integer(activityAt.milliseconds)
        case .byteSize: .integer(byteSize)
        case .source: .text(source.rawValue)
        case .name: .text(DocumentName.key(name))
        }
    }
}
