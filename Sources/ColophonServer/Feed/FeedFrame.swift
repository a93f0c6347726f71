import ColophonAPI
import ColophonCore

/// What a feed's stream says.
enum FeedFrame {
    /// How long a client that lost its stream waits before it comes back, in milliseconds, from and to: many are lost at once.
    static let retryRange = 2000...4000

    /// The first frame of every stream.
    ///
    /// - Parameters:
    ///   - head: The newest change; 0 before there was any, told as null.
    ///   - position: What following frames continue from, so that a client that is cut off before the first of them resumes there. Nil leaves
    ///     the client the position it has: the next frame is `resync`.
    static func ready(head: Int64, position: Int64?) -> EventFrame {
        EventFrame(
            retry: Int.random(in: retryRange), id: position, event: "ready", data: #"{"lastId":\#(head == 0 ? "null" : "\"\(head)\"")}"#)
    }

    /// - Note: A document's id is made of letters, digits, `_` and `-`, so nothing in it needs an escape.
    static func change(_ change: Change) -> EventFrame {
        EventFrame(
            id: change.id, event: change.op == .delete ? "document.deleted" : "document.changed",
            data: #"{"documentId":"\#(change.documentID)","op":"\#(change.op.rawValue)","id":"\#(change.id)"}"#)
    }

    /// Says that the client's position cannot be continued from: it lists again, and live changes follow from the head. Only with this frame
    /// does its position become the head: whoever is cut off before is told once more.
    static func resync(_ reason: FeedPosition.Refusal, _ feed: FeedPosition) -> EventFrame {
        EventFrame(
            id: feed.head, event: "documents.resync",
            data: #"{"reason":"\#(reason.rawValue)","floor":"\#(feed.floor)","head":"\#(feed.head)"}"#)
    }

    static let keepalive = EventFrame(event: "keepalive", data: "{}")
}
