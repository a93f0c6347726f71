import ColophonAPI
import ColophonCore

extension MappingList {
    init(_ summaries: [MappingSummary], default name: String?) {
        self.init(mappings: summaries.map { Mapping(name: $0.name, title: $0.title, summary: $0.summary) }, default: name)
    }
}

/// Core's words in the queue's.
extension JobOut {
    init(_ run: Run, _ version: DocumentVersion) {
        let wasCancelled = run.status == .cancelled
        let failure = run.failure.map { Failure(code: $0.code.rawValue, message: $0.message) }
        self.init(
            id: run.id.rawValue, documentID: run.documentID.rawValue, filename: version.originalName, bytes: version.bytes,
            status: wasCancelled ? RunStatus.failed.rawValue : run.status.rawValue, step: run.step.rawValue, pagesDone: run.pagesDone,
            pagesTotal: run.pagesTotal, mapping: run.settings.mapping?.name, createdAt: run.createdAt.text, updatedAt: run.updatedAt.text,
            startedAt: run.startedAt?.text, completedAt: run.endedAt?.text,
            error: wasCancelled ? Failure(code: "CANCELLED", message: "The run was cancelled.") : failure,
            canDownload: run.status == .complete && run.expiredAt == nil && run.settings.mapping != nil,
            downloadCount: run.downloadCount, firstDownloadedAt: run.firstDownloadedAt?.text, expiresAt: run.expiresAt?.text)
    }
}
