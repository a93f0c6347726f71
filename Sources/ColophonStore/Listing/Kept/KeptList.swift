import ColophonCore
import Synchronization

/// The documents of one workspace in memory, as of a position of its feed; whoever asks brings it up to its own snapshot first.
final class KeptList: Sendable {
    private struct State {
        var columns = KeptColumns()
        var position: Int64
    }

    private let state: Mutex<State>

    /// The most changes that a question waits for; more are fetched between questions.
    static let catchUpMax: Int64 = 2000
    /// The most changes that are fetched at once; beyond them all is fetched anew.
    static let followMax: Int64 = 100_000

    /// - Parameter position: Of the feed, before anything was fetched: what changes meanwhile is fetched again.
    init(position: Int64) { state = Mutex(State(position: position)) }

    var byteCount: Int { state.withLock { $0.columns.byteCount } }
    var count: Int { state.withLock { $0.columns.count } }
    /// Whether most of what is looked at has been deleted.
    var isWorn: Bool { state.withLock { $0.columns.deadCount > $0.columns.count / 2 } }
    var position: Int64 { state.withLock { $0.position } }

    /// Takes documents that were there after the position.
    func add(_ rows: [KeptRow]) { state.withLock { state in for row in rows { state.columns.set(row.id, to: row) } } }

    enum Answer {
        case page(KeptPage)
        /// Another snapshot, begun after this one, was here first.
        case snapshotIsOld
        /// So much has changed that an index finds the page sooner; or what changed is not known any more.
        case isBehind
    }

    /// - Parameters:
    ///   - feed: Where the feed stands in the snapshot.
    ///   - connection: The snapshot.
    func page(
        _ query: DocumentQuery, in workspace: WorkspaceID, at feed: FeedPosition, over connection: any SQLConnection
    ) throws -> Answer {
        switch try follow(to: feed, in: workspace, atMost: Self.catchUpMax, over: connection) {
        case .isThere: break
        case .isPast: return .snapshotIsOld
        case .isBehind: return .isBehind
        }
        return state.withLock { state in state.position == feed.head ? .page(KeptPage(query, in: state.columns)) : .snapshotIsOld }
    }

    enum Followed { case isThere, isPast, isBehind }

    /// Fetches what has changed since the position, if that is not too much.
    func follow(
        to feed: FeedPosition, in workspace: WorkspaceID, atMost most: Int64, over connection: any SQLConnection
    ) throws -> Followed {
        let position = position
        if position > feed.head { return .isPast }
        if position == feed.head { return .isThere }
        guard feed.continues(position), feed.head - position <= most else { return .isBehind }
        let changed = try connection.rows(
            "SELECT document_id FROM changes WHERE workspace_id = ? AND id > ? AND id <= ?",
            [.id(workspace), .integer(position), .integer(feed.head)]
        ).map { try $0.text("document_id") }
        // Where some are missing it is not known what changed.
        guard changed.count == feed.head - position else { return .isBehind }
        let ids = Set(changed)
        let rows = Dictionary(try connection.keptRows(Array(ids), in: workspace).map { ($0.id, $0) }) { first, _ in first }
        return state.withLock { state in
            // Others may have fetched some of it, or more.
            if state.position > feed.head { return .isPast }
            for id in ids { state.columns.set(id, to: rows[id]) }
            state.position = feed.head
            return .isThere
        }
    }
}
