/// How urgent a job is, as a delay of its place in the queue, not of its due time.
///
/// Jobs are claimed in the order of their places, so a more urgent job overtakes those that became due up to so much earlier, and no
/// others: whatever waits longer than the longest delay goes first, and nothing starves. A place never comes before the due time, so that
/// whatever is not due yet lies behind whatever is; and no job waits for its priority while a worker is idle.
package enum JobPriority: String, CaseIterable, Sendable {
    /// Somebody looks at a screen.
    case urgent
    case normal
    /// Work that nobody waits for.
    case bulk

    package var delay: Duration {
        switch self {
        case .urgent: .zero
        case .normal: .seconds(60)
        case .bulk: .seconds(600)
        }
    }

    /// The place of a job that is due at a time.
    package func place(ofDue due: Timestamp) -> Timestamp { due + delay }
}
