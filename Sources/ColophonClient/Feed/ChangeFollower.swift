package import ColophonAPI

/// Joins list, stream and delta into one sequence of changes without gaps or repetitions; says what to do next, and does nothing itself.
///
/// Whoever drives it asks for `next()`, does that, and tells what came of it. The numbers of a feed's changes have no gaps. So a change
/// is given out only when its number follows that of the one before; where a higher one shows up, what lies between is fetched first.
package struct ChangeFollower: Sendable {
    package enum Step: Hashable, Sendable {
        case deliver
        case pause(Pause)
        /// List documents, from this cursor; without one, from the start.
        case list(cursor: String?)
        /// Ask delta for what follows a position.
        case fetch(since: ChangePosition)
        case open(after: ChangePosition)
        /// Wait for what the open stream brings.
        case read
    }

    /// How often the stream fails in succession until the feed is polled meanwhile.
    package static let failuresUntilPolling = 2
    /// The most requests to delta between two attempts at the stream.
    package static let pollsMax = 10
    /// How often delta may have nothing of what is known to exist.
    package static let emptyPagesMax = 5

    private enum Connection { case none, opened, ready, lasting }

    private struct Listing {
        var cursor: String?
        var position: ChangePosition?
    }

    /// The last change that was given out, or waits to be.
    package private(set) var position: ChangePosition
    private var queue: ArraySlice<WorkspaceChange> = []
    private var pause: Pause?
    private var listing: Listing?
    private var connection = Connection.none
    /// A change of this number exists.
    private var known: ChangePosition
    private var retry = Duration.seconds(3)
    private var streamFailures = 0
    private var requestFailures = 0
    private var resyncs = 0
    private var emptyPages = 0
    private var pollsLeft = 0

    /// - Parameter since: Where to begin; nil begins with a snapshot.
    package init(since: ChangePosition?) {
        position = since ?? ChangePosition(0)
        known = position
        if since == nil { listing = Listing() }
    }

    /// Whether the stream that was opened is of use still; else it is to be closed.
    package var isConnected: Bool { connection != .none }
    /// Whether delta stands in for the stream.
    package var isPolling: Bool { connection == .none && pollsLeft > 0 }

    package func next() -> Step {
        if !queue.isEmpty { return .deliver }
        if let pause { return .pause(pause) }
        if let listing { return .list(cursor: listing.cursor) }
        if known > position { return .fetch(since: position) }
        if isConnected { return .read }
        return pollsLeft > 0 ? .fetch(since: position) : .open(after: position)
    }

    /// The next change to give out, after `next()` said so.
    package mutating func take() -> WorkspaceChange? { queue.popFirst() }

    package mutating func paused() { pause = nil }

    // MARK: Answers

    /// - Parameters:
    ///   - position: The feed's newest change when this page was read.
    ///   - next: The next page's cursor; nil after the last one.
    package mutating func listed(_ documents: [DocumentOut], at position: ChangePosition, next: String?) {
        guard let listing else { return }
        requestFailures = 0
        // Later pages may hold newer documents; told of from the first page's place on, no change is left out.
        let start = listing.position ?? position
        queue.append(
            .snapshot(SnapshotPage(documents: documents, position: start, isFirst: listing.position == nil, isLast: next == nil)))
        self.position = start
        known = start
        self.listing = next.map { Listing(cursor: $0, position: start) }
    }

    package mutating func fetched(_ delta: DeltaOut) {
        requestFailures = 0
        let before = position
        for change in delta.changes {
            guard let entry = FeedEntry(change) else { return resync(.gap) }
            append(entry)
            // Delta leaves nothing out: what it lacks is gone.
            guard position >= entry.number else { return resync(.gap) }
        }
        if delta.hasMore { known = max(known, ChangePosition(position.number + 1)) }
        if position > before {
            emptyPages = 0
            resyncs = 0
        }
        if known > position {
            guard position == before else { return }
            emptyPages += 1
            if emptyPages > Self.emptyPagesMax { return resync(.gap) }
            pause = .backoff(after: emptyPages, base: retry)
        } else if isPolling {
            pollsLeft -= 1
            pause = Pause(least: retry / 2, spread: retry)
        }
    }

    /// A list or delta could not be had.
    ///
    /// - Parameter least: What the server asked to wait.
    package mutating func requestFailed(retryAfter least: Duration? = nil) {
        requestFailures += 1
        pause = .backoff(after: requestFailures, base: retry, least: least ?? .zero)
        if isPolling { pollsLeft -= 1 }
    }

    /// Nothing can be told one by one from `position` on.
    package mutating func resync(_ reason: ResyncReason) {
        queue.append(.resync(reason))
        resyncs += 1
        connection = .none
        known = position
        listing = Listing()
        pollsLeft = 0
        emptyPages = 0
        // It happens to all clients of a feed at once.
        pause = .backoff(after: resyncs, base: retry)
    }

    // MARK: The stream

    package mutating func opened() {
        connection = .opened
        pollsLeft = 0
    }

    /// The stream could not be opened, was closed, broke off, or said nothing for too long.
    package mutating func disconnected(retryAfter least: Duration? = nil) {
        // One that never said a word is kept back somewhere on the way, and would be again.
        streamFailures += connection == .opened ? Self.failuresUntilPolling : 1
        connection = .none
        let excess = streamFailures - Self.failuresUntilPolling
        if excess < 0 {
            pause = .backoff(after: streamFailures, base: retry, least: least ?? .zero)
        } else {
            // The polls in between are what keeps the attempts at the stream apart.
            pollsLeft = min(1 << min(excess, 8), Self.pollsMax)
            pause = Pause(least: least ?? .zero, spread: retry)
        }
    }

    /// - Parameter milliseconds: What the stream asked to wait before a reconnection.
    package mutating func wait(_ milliseconds: Int) { retry = .milliseconds(min(max(1, milliseconds), 30_000)) }

    package mutating func received(_ frame: FeedFrame) {
        guard isConnected else { return }
        switch frame {
        case .ready(let start):
            connection = .ready
            guard let start else { return }
            if start < position { return resync(.cursorAhead) }
            // The stream goes on from there, whatever it was asked for.
            known = max(known, start)
        case .change(let number, let change):
            lasts()
            // Without a number there is no telling what was missed.
            guard let number else { return disconnected() }
            // What does not follow, or cannot be read, is fetched by its number.
            if let change, known == position { append(change) }
            known = max(known, number)
        case .resync(let reason): resync(reason)
        case .keepalive: lasts()
        case .other: break
        }
    }

    /// The stream does what it is there for.
    private mutating func lasts() {
        connection = .lasting
        streamFailures = 0
        resyncs = 0
    }

    private mutating func append(_ entry: FeedEntry) {
        guard entry.number.number == position.number + 1 else { return }
        queue.append(entry.change)
        position = entry.number
        known = max(known, position)
    }
}
