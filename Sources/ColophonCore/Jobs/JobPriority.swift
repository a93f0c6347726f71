/// How urgent a job is, as a head start on its due time.
///
/// Jobs are claimed in the order of their due times, so a head start lets a job overtake those that have waited less than that, and no
/// others: whatever waits longer than the longest head start goes first, and nothing starves. Head starts are never negative: no
/// job waits for its priority while a worker is idle.
package enum JobPriority: String, CaseIterable, Sendable {
    /// Work that nobody waits for.
    case bulk
    case normal
    /// Somebody looks at a screen.
    case urgent

    package var headStart: Duration {
        switch self {
        case .bulk: .zero
        case .normal: .seconds(60)
        case .urgent: .seconds(600)
        }
    }

    /// The due time of a job that could be run from `ready` on; only first due times have a head start, a retry's wait is a wait.
    package func due(from ready: Timestamp) -> Timestamp { ready - headStart }
}
