/// One execution over one version of a document.
package struct Run: Sendable, Equatable {
    package var id: RunID
    package var documentID: DocumentID
    package var versionID: VersionID
    /// From 1 in its document; a newer run has a higher one.
    package var number: Int
    package var status: RunStatus
    package var step: RunStep
    /// How often the run was claimed, handed-back claims not counted.
    package var attempt: Int
    /// The fencing number: raised by every claim, cancel and reaping, never reset.
    package var epoch: Int64
    package var extractor: String
    package var extractorVersion: String
    package var settings: RunSettings
    package var pagesDone: Int
    /// Nil until the document has been opened.
    package var pagesTotal: Int?
    /// How many items the result holds; nil unless complete.
    package var itemCount: Int?
    /// Set if and only if the run has failed.
    package var failure: RunFailure?
    /// What the result lacks; none unless complete.
    package var warnings: [RunWarning]
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    package var startedAt: Timestamp?
    /// When the run ended, however it ended.
    package var endedAt: Timestamp?
    package var leasedBy: WorkerID?
    package var leaseExpiresAt: Timestamp?
    /// The complete run of equal work whose results this one serves; nil when it has results of its own, or none.
    package var duplicateOf: RunID?
    /// When its results are due to go; nil keeps them.
    package var expiresAt: Timestamp?
    /// When they went; nil while they are there, or when there never were any.
    package var expiredAt: Timestamp?
    /// How often one of its results was sent to the last byte.
    package var downloadCount: Int
    /// When that happened first.
    package var firstDownloadedAt: Timestamp?

    package init(
        id: RunID, documentID: DocumentID, versionID: VersionID, number: Int, status: RunStatus, step: RunStep, attempt: Int, epoch: Int64,
        extractor: String, extractorVersion: String, settings: RunSettings, pagesDone: Int, pagesTotal: Int?, itemCount: Int?,
        failure: RunFailure?,
        warnings: [RunWarning], createdAt: Timestamp, updatedAt: Timestamp, startedAt: Timestamp?, endedAt: Timestamp?, leasedBy: WorkerID?,
        leaseExpiresAt: Timestamp?, duplicateOf: RunID?, expiresAt: Timestamp?, expiredAt: Timestamp?, downloadCount: Int,
        firstDownloadedAt: Timestamp?
    ) {
        self.id = id
        self.documentID = documentID
        self.versionID = versionID
        self.number = number
        self.status = status
        self.step = step
        self.attempt = attempt
        self.epoch = epoch
        self.extractor = extractor
        self.extractorVersion = extractorVersion
        self.settings = settings
        self.pagesDone = pagesDone
        self.pagesTotal = pagesTotal
        self.itemCount = itemCount
        self.failure = failure
        self.warnings = warnings
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.leasedBy = leasedBy
        self.leaseExpiresAt = leaseExpiresAt
        self.duplicateOf = duplicateOf
        self.expiresAt = expiresAt
        self.expiredAt = expiredAt
        self.downloadCount = downloadCount
        self.firstDownloadedAt = firstDownloadedAt
    }
}

/// How far a run's extraction has come.
package struct PageProgress: Sendable, Equatable {
    package var done: Int
    package var total: Int

    package init(done: Int, total: Int) {
        self.done = done
        self.total = total
    }
}
