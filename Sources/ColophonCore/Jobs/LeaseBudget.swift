/// How long a worker may act on a claim, by its own steady clock and without asking anybody.
///
/// The database counts the lease from when it executes the claim or the renewal, which is never before it was sent. A budget that
/// counts from before the sending therefore ends first, whatever the network did, as long as both clocks run at the same speed.
/// When it runs out without a renewal the worker must stop all effects: soon the run may be somebody else's
/// (Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism", SOSP 1989).
package struct LeaseBudget: Sendable, Equatable {
    /// The reading of the worker's steady clock at which it ends.
    package let end: Duration

    /// - Parameters:
    ///   - lease: How long the database was asked to let the claim last.
    ///   - sentAt: The steady clock's reading before the request was sent.
    ///   - answeredAt: Its reading when the answer was there. The round trip is taken off once more: what the worker sends last takes
    ///     as long to arrive.
    package init(lease: Duration, sentAt: Duration, answeredAt: Duration) {
        end = sentAt + lease - (answeredAt - sentAt) - Self.margin(of: lease)
    }

    /// What a worker needs to stop, its reader's end included: a fifth of the lease, 3 s of 15 s.
    package static func margin(of lease: Duration) -> Duration { lease / 5 }

    /// What is left; zero or less once it is over.
    package func left(at now: Duration) -> Duration { end - now }

    /// The later of two budgets: answers may overtake each other, and an older one must not shorten a newer.
    package func extended(by other: Self) -> Self { other.end > end ? other : self }
}
