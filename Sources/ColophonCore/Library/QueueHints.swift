/// Tells other processes that the queue is worth looking at. A hint carries nothing and may be lost: the table is the truth, and every
/// worker looks once a second.
package protocol QueueHints: Sendable {
    /// Says so to whoever listens, some time soon; never waits, never fails. Many calls may become one hint.
    func announce()

    /// Stops listening and lets go of what was held.
    func close() async
}

/// For a process that is alone.
package struct NoHints: QueueHints {
    package init() {}
    package func announce() {}
    package func close() async {}
}
