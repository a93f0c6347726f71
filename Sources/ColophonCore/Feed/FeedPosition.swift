/// How far a workspace's feed reaches.
package struct FeedPosition: Sendable, Equatable {
    /// The newest change; 0 before there was any.
    package var head: Int64
    /// The earliest change that is kept; 0 before there was any.
    package var floor: Int64

    package init(head: Int64, floor: Int64) {
        self.head = head
        self.floor = floor
    }

    /// Whether a client that has seen everything up to a position can go on from there.
    ///
    /// The head is accepted however much retention removed; what is past it was never given out, or a backup was restored.
    package func accepts(_ position: Int64) -> Bool { floor <= position && position <= head }

    /// Whether everything after a position is kept: what a stream that has come so far needs, whatever its client could state.
    package func continues(_ position: Int64) -> Bool { position <= head && position >= floor - 1 }

    /// Why a position that is not accepted is not.
    package func refusal(of position: Int64) -> Refusal { position > head ? .ahead : .expired }

    package enum Refusal: String, Sendable {
        case expired = "cursor_expired"
        case ahead = "cursor_ahead"
    }
}

/// A feed and some of its changes, all of one moment.
package struct FeedSlice: Sendable, Equatable {
    package var feed: FeedPosition
    package var changes: [Change]

    package init(feed: FeedPosition, changes: [Change]) {
        self.feed = feed
        self.changes = changes
    }

    /// Whether the changes follow a position, and one another, without a gap.
    package func isDense(after position: Int64) -> Bool {
        zip(changes, 1...).allSatisfy { $0.id == position + Int64($1) }
    }
}

/// A page of a feed, as a client pulls it.
package struct FeedPage: Sendable, Equatable {
    package var changes: [Change]
    /// Where the next page begins: the last change of this one, or the position that was asked from.
    package var next: Int64
    package var hasMore: Bool

    package init(changes: [Change], next: Int64, hasMore: Bool) {
        self.changes = changes
        self.next = next
        self.hasMore = hasMore
    }
}
