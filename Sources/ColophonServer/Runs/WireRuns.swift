import ColophonAPI
import ColophonCore

/// Core's words in the API's.
extension Reported {
    init(_ detail: RunDetail, as run: (Run) -> Base) {
        self.init(
            run: run(detail.run), queue: detail.queue.map(QueuePlaceOut.init), lease: LeaseOut(detail),
            attempts: detail.attempts.map(AttemptOut.init), nextRetryAt: detail.nextRetryAt?.text, asOf: detail.at.text)
    }
}

extension QueuePlaceOut {
    fileprivate init(_ place: QueuePlace) {
        self.init(
            position: place.ahead + 1, positionIsMinimum: place.aheadIsMore, dueAt: place.dueAt.text, priority: place.priority,
            processing: place.processing)
    }
}

extension LeaseOut {
    fileprivate init?(_ detail: RunDetail) {
        guard let worker = detail.run.leasedBy, let end = detail.run.leaseExpiresAt else { return nil }
        self.init(worker: worker.rawValue, expiresAt: end.text, lastHeartbeatAt: detail.heartbeatAt?.text)
    }
}

extension AttemptOut {
    fileprivate init(_ attempt: RunAttempt) {
        self.init(
            number: attempt.number, worker: attempt.worker?.rawValue, startedAt: attempt.startedAt.text, endedAt: attempt.endedAt?.text,
            outcome: attempt.outcome?.rawValue, error: attempt.failure.map { RunError(code: $0.code, message: $0.message) })
    }
}
