/// One claim of a run and how it ended, as the document's history tells it.
package struct RunAttempt: Sendable, Equatable {
    /// From 1 in its run; an attempt that was handed back untried leaves its number to the next one.
    package var number: Int
    /// Who claimed it; nil where the history does not say.
    package var worker: WorkerID?
    package var startedAt: Timestamp
    /// Nil while it goes on.
    package var endedAt: Timestamp?
    /// Nil while it goes on.
    package var outcome: Outcome?
    /// Why it failed; set for `retry` and `failed` alone.
    package var failure: Failure?

    package enum Outcome: String, CaseIterable, Sendable {
        /// It failed, and another attempt follows.
        case retry
        /// Its worker gave no sign of life.
        case leaseLost = "lease_lost"
        /// Its worker was told to stop and handed it back.
        case released
        case failed, complete, cancelled
    }

    /// A failure in the words that were recorded, which may be those of another version of the program.
    package struct Failure: Sendable, Equatable {
        package var code: String
        package var message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    package init(
        number: Int, worker: WorkerID?, startedAt: Timestamp, endedAt: Timestamp? = nil, outcome: Outcome? = nil, failure: Failure? = nil
    ) {
        self.number = number
        self.worker = worker
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.outcome = outcome
        self.failure = failure
    }
}

extension RunAttempt {
    /// The most attempts that are told of one run; older ones are in the document's events.
    package static let toldMax = 50
    /// How many of a run's newest events of these kinds hold its newest `toldMax` attempts: a claim, an end, and a person's retry between two.
    package static let eventsMax = toldMax * 3
    /// The events that attempts are made of; a run may have any number of others.
    package static let kinds = DocumentEvent.Kind.allCases.filter { $0 == .processing || Outcome($0) != nil }

    /// The attempts that events tell of, oldest first.
    ///
    /// - Parameter events: Of one run, in order. They may begin in the middle of an attempt, which is left out then.
    /// - Returns: The newest `toldMax`.
    package static func told(by events: [DocumentEvent]) -> [RunAttempt] {
        var attempts: [RunAttempt] = []
        for event in events {
            if event.type == .processing {
                attempts.append(Self(claim: event))
            } else if let outcome = Outcome(event.type), let last = attempts.indices.last, attempts[last].outcome == nil {
                attempts[last].end(as: outcome, event)
            }
        }
        return attempts.suffix(toldMax)
    }

    private init(claim event: DocumentEvent) {
        let worker = event.actor.hasPrefix("worker:") ? WorkerID(rawValue: String(event.actor.dropFirst("worker:".count))) : nil
        self.init(number: event.meta["attempt"].flatMap { Int($0) } ?? 0, worker: worker, startedAt: event.at)
    }

    private mutating func end(as outcome: Outcome, _ event: DocumentEvent) {
        self.outcome = outcome
        endedAt = event.at
        guard let code = event.meta["code"] else { return }
        // What the last of several lost attempts died of is told beside the failure, which speaks of all of them.
        failure = Failure(code: code, message: event.meta["lastAttempt"] ?? event.meta["message"] ?? "")
    }
}

extension RunAttempt.Outcome {
    /// How an event ends an attempt; nil when it does not.
    fileprivate init?(_ event: DocumentEvent.Kind) {
        switch event {
        case .retry: self = .retry
        case .leaseLost: self = .leaseLost
        case .released: self = .released
        case .failed: self = .failed
        case .complete: self = .complete
        case .cancelled: self = .cancelled
        default: return nil
        }
    }
}
