import ColophonAPI
import ColophonCore

/// Core's words in the API's.
extension RunReport {
    init(_ detail: RunDetail) {
        self.init(
            run: RunRecord(detail.run), queue: detail.queue.map(Queue.init), lease: Lease(detail),
            attempts: detail.attempts.map(Attempt.init), nextRetryAt: detail.nextRetryAt?.text, asOf: detail.at.text)
    }
}

extension RunReport.Queue {
    fileprivate init(_ place: QueuePlace) {
        self.init(
            position: place.ahead + 1, positionIsMinimum: place.aheadIsMore, dueAt: place.dueAt.text, priority: place.priority,
            processing: place.processing)
    }
}

extension RunReport.Lease {
    fileprivate init?(_ detail: RunDetail) {
        guard let worker = detail.run.leasedBy, let end = detail.run.leaseExpiresAt else { return nil }
        self.init(worker: worker.rawValue, expiresAt: end.text, lastHeartbeatAt: detail.heartbeatAt?.text)
    }
}

extension RunReport.Attempt {
    fileprivate init(_ attempt: RunAttempt) {
        self.init(
            number: attempt.number, worker: attempt.worker?.rawValue, startedAt: attempt.startedAt.text, endedAt: attempt.endedAt?.text,
            outcome: attempt.outcome?.rawValue, error: attempt.failure.map { RunError(code: $0.code, message: $0.message) })
    }
}
