import ColophonAPI
import ColophonCore

/// Core's words in the API's.
extension DocumentStatus {
    init(_ detail: DocumentDetail, dedupedFrom: RunID? = nil) {
        let run = detail.run
        self.init(
            documentId: detail.document.id.rawValue, phase: RunWords(status: run.status, step: run.step).phase.rawValue,
            status: run.status.rawValue, runId: run.id.rawValue, currentRunId: detail.document.currentRunID?.rawValue,
            fileName: detail.document.name, contentType: detail.version.contentType, bytes: detail.version.bytes,
            pdfSha256: detail.version.sha256, versionNo: detail.version.number, pagesTotal: run.pagesTotal, pagesCompleted: run.pagesDone,
            totalNodes: run.itemCount ?? 0, activeVendor: run.status == .processing ? run.extractor : nil,
            createdAt: detail.document.createdAt.text, updatedAt: detail.document.updatedAt.text,
            startedAt: (run.startedAt ?? run.createdAt).text, completedAt: run.endedAt?.text, error: RunError(run),
            warnings: run.warnings.map { RunWarningOut($0) }, dedupedFrom: dedupedFrom?.rawValue, urls: Self.urls(of: detail.document.id))
    }

    private static func urls(of id: DocumentID) -> [String: String] {
        let base = "/v1/documents/\(id)"
        return [
            "self": base, "status": "\(base)/status", "runs": "\(base)/runs", "events": "\(base)/events", "pages": "\(base)/pages",
            "download": "\(base)/download", "json": "\(base)/export?format=json", "markdown": "\(base)/export?format=md",
            "html": "\(base)/export?format=html", "text": "\(base)/export?format=text",
        ]
    }
}

extension RunRecord {
    init(_ run: Run) {
        self.init(
            runId: run.id.rawValue, documentId: run.documentID.rawValue, versionId: run.versionID.rawValue, number: run.number,
            phase: RunWords(status: run.status, step: run.step).phase.rawValue, status: run.status.rawValue, step: run.step.rawValue,
            attempt: run.attempt, extractor: run.extractor, extractorVersion: run.extractorVersion,
            ocrLanguages: run.settings.recognitionLanguages, mapping: run.settings.mapping?.name, pagesTotal: run.pagesTotal,
            pagesCompleted: run.pagesDone, createdAt: run.createdAt.text, startedAt: (run.startedAt ?? run.createdAt).text,
            updatedAt: run.updatedAt.text, completedAt: run.endedAt?.text, error: RunError(run),
            warnings: run.warnings.map { RunWarningOut($0) }, duplicateOf: run.duplicateOf?.rawValue, expiresAt: run.expiresAt?.text,
            expiredAt: run.expiredAt?.text)
    }
}

extension RunWarningOut {
    init(_ warning: RunWarning) {
        self.init(code: warning.code.rawValue, message: warning.message, pages: warning.pages)
    }
}

extension RunError {
    init?(_ run: Run) {
        if let failure = run.failure {
            self.init(code: failure.code.rawValue, message: failure.message)
        } else if run.status == .cancelled {
            self.init(code: "CANCELLED", message: "The run was cancelled.")
        } else {
            return nil
        }
    }
}

extension EventList.Event {
    init(_ event: DocumentEvent) {
        self.init(
            seq: event.seq, type: event.type.rawValue, runId: event.runID?.rawValue, actor: event.actor, meta: event.meta,
            at: event.at.text)
    }
}
