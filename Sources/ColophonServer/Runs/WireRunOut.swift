import ColophonAPI
import ColophonCore

/// Core's words in the API's.
extension RunOut {
    init(_ run: Run) {
        let (words, error) = (RunWords(status: run.status, step: run.step), RunError(run))
        self.init(
            id: run.id.rawValue, documentId: run.documentID.rawValue, versionId: run.versionID.rawValue, number: run.number,
            status: words.lastRun, phase: words.phase.rawValue, state: run.status.rawValue, step: run.step.rawValue, attempt: run.attempt,
            createdAt: run.createdAt.text, startedAt: run.startedAt?.text, completedAt: run.endedAt?.text, updatedAt: run.updatedAt.text,
            pagesCompleted: run.pagesDone, pagesTotal: run.pagesTotal, extractor: run.extractor, extractorVersion: run.extractorVersion,
            ocrLanguages: run.settings.recognitionLanguages, mapping: run.settings.mapping?.name,
            errorCode: error?.code, errorMessage: error?.message, warnings: run.warnings.map { RunWarningOut($0) },
            duplicateOf: run.duplicateOf?.rawValue)
    }
}

extension RunListOut {
    init(_ page: RunPage, limit: Int) {
        self.init(
            items: page.items.map { RunOut($0) }, meta: PageMeta(limit: limit, hasMore: page.hasMore, nextCursor: page.nextCursor))
    }
}

extension RunInput {
    init(_ version: DocumentVersion) {
        self.init(
            documentId: version.documentID.rawValue, versionId: version.id.rawValue, versionNo: version.number,
            name: version.originalName, byteSize: version.bytes, contentType: version.contentType, sha256: version.sha256)
    }
}
