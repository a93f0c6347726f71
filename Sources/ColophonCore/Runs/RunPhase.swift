/// What clients of the document routes call a run's state.
package enum RunPhase: String, CaseIterable, Sendable {
    case idle, uploading, parsing, hydrating, complete, error
}

/// The one table that says a run's state in every client's words.
package struct RunWords: Sendable, Equatable {
    package var phase: RunPhase
    /// The word of a document list's `lastRun`; nil before a run was queued.
    package var lastRun: String?

    package init(status: RunStatus, step: RunStep) {
        switch (status, step) {
        case (.uploaded, _): self = .init(.idle, nil)
        case (.queued, _): self = .init(.uploading, "queued")
        case (.processing, .chunking): self = .init(.hydrating, "running")
        case (.processing, _): self = .init(.parsing, "running")
        case (.complete, _): self = .init(.complete, "succeeded")
        case (.failed, _): self = .init(.error, "failed")
        case (.cancelled, _): self = .init(.error, "cancelled")
        }
    }

    private init(_ phase: RunPhase, _ lastRun: String?) {
        self.phase = phase
        self.lastRun = lastRun
    }
}
