/// What other processes are told is worth looking at. A hint carries nothing else and may be lost: the tables are the truth, and whoever looks
/// after them looks once a second.
package enum Hint: UInt8, CaseIterable, Sendable {
    /// The queue.
    case work = 1
    /// The feeds.
    case feed = 2
}

/// Tells other processes what is worth looking at.
package protocol PeerHints: Sendable {
    /// Says so to whoever listens, some time soon; never waits, never fails. Many calls may become one hint.
    func announce(_ hint: Hint)

    /// Stops listening and lets go of what was held.
    func close() async
}

/// For a process that is alone.
package struct NoHints: PeerHints {
    package init() {}
    package func announce(_ hint: Hint) {}
    package func close() async {}
}

/// What other processes' hints lead to in this one.
package struct HintReceiver: Sendable {
    package var wake: WakeSignal
    package var feed: FeedSignal

    package init(wake: WakeSignal, feed: FeedSignal = FeedSignal()) {
        self.wake = wake
        self.feed = feed
    }

    package func receive(_ hint: Hint) {
        switch hint {
        case .work: wake.signal()
        case .feed: feed.noteAll()
        }
    }
}
