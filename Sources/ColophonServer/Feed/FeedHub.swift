import ColophonCore
import HummingbirdCore
import NIOCore
import ServiceLifecycle
import Synchronization

/// Follows the feeds that somebody streams: one reader a process, whose frames all streams share.
package final class FeedHub: Service, Sendable {
    /// Who may begin a stream.
    typealias Gate = @Sendable (StreamRequest) async throws -> Admitted

    struct Feed {
        var ring: FeedRing
        var scope: WorkspaceScope
        var streams: Int
        /// When the ring got its newest frames.
        var movedAt: Duration
    }

    struct State {
        var feeds: [WorkspaceID: Feed] = [:]
        var loops: [ObjectIdentifier: FeedLoop] = [:]
        /// Streams that are open or about to be.
        var open = 0
        /// What the open ones rely on, and how many on each.
        var grants: [Grant: Int] = [:]
        /// How many streams strangers hold, each.
        var strangers: [Allowances.Holder: Int] = [:]
        var isStopping = false
    }

    enum Work: Sendable {
        case admit(StreamRequest, @Sendable (Result<StreamAdmission, StreamRefusal>) -> Void)
        case read(after: Int64, WorkspaceScope, @Sendable (Result<FeedSlice, any Error>) -> Void)
    }

    /// How many changes a stream is given at once that it missed.
    static let pageMax = 500
    /// How many streams somebody may have who has shown no key: an address, or a session of its own.
    static let strangersMax = 100
    /// How long the hub waits for its streams when it stops: a second more than a stream waits for its client.
    private static let farewellMax: Duration = .seconds(3)

    let keepalive: TimeAmount
    let life: TimeAmount
    let patience: TimeAmount
    let library: Library
    let gate: Gate
    let state = Mutex(State())
    /// Bounded by the number of streams: each has one thing under way.
    let (work, queue) = AsyncStream<Work>.makeStream(bufferingPolicy: .unbounded)

    init(library: Library, gate: @escaping Gate) {
        self.library = library
        self.gate = gate
        keepalive = .milliseconds(library.limits.streamKeepalive.wholeMilliseconds)
        life = .milliseconds(library.limits.streamLife.wholeMilliseconds)
        patience = .milliseconds(library.limits.streamPatience.wholeMilliseconds)
    }

    package func run() async throws {
        await withTaskGroup { group in
            group.addTask { await self.follow() }
            group.addTask { await self.serve() }
            group.addTask { await self.checkGrants() }
            try? await gracefulShutdown()
            await self.endAll()
            group.cancelAll()
        }
        queue.finish()
    }

    /// Ends every stream, and waits until their clients have the last of their bytes: the framework knows nothing of these connections, and
    /// the program would be gone before it is sent.
    private func endAll() async {
        let loops = state.withLock { state in
            state.isStopping = true
            return Array(state.loops.values)
        }
        for loop in loops { loop.end { _ in true } }
        let clock = library.machine.clock
        let limit = clock.elapsed() + Self.farewellMax
        while streamCount > 0, clock.elapsed() < limit, (try? await clock.sleep(for: .milliseconds(10))) != nil {}
    }

    /// Whether streams that begin are to end at once.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// How many streams are open, or about to be.
    package var streamCount: Int { state.withLock { $0.open } }

    // What connections ask.

    func admit(_ request: StreamRequest, answer: @escaping @Sendable (Result<StreamAdmission, StreamRefusal>) -> Void) {
        let hasRoom = state.withLock { state in
            guard !state.isStopping, state.open < library.limits.streamsMax else { return false }
            state.open += 1
            return true
        }
        guard hasRoom else {
            let error = ColophonError(.unavailable, "This server has as many streams open as it can; try again.", retryAfterSeconds: 5)
            return answer(.failure(StreamRefusal(error, path: request.uri.path, requestID: request.requestID)))
        }
        queue.yield(.admit(request, answer))
    }

    func read(after position: Int64, in scope: WorkspaceScope, answer: @escaping @Sendable (Result<FeedSlice, any Error>) -> Void) {
        queue.yield(.read(after: position, scope, answer))
    }

    /// An admitted stream that could not begin.
    func gaveUp(_ admitted: Admitted) {
        state.withLock { state in
            state.open -= 1
            state.leave(admitted)
        }
    }

    func joined(_ scope: WorkspaceScope, head: Int64) {
        let now = library.machine.clock.elapsed()
        let isFirst = state.withLock { state in
            let isFirst = state.feeds[scope.workspace] == nil
            let feed = Feed(ring: FeedRing(head: head), scope: scope, streams: 0, movedAt: now)
            state.feeds[scope.workspace, default: feed].streams += 1
            if let grant = scope.grant { state.grants[grant, default: 0] += 1 }
            return isFirst
        }
        // What was committed since the feed was read was told to nobody.
        if isFirst { library.feed.note([scope.workspace]) }
    }

    func left(_ admitted: Admitted) {
        let scope = admitted.scope
        state.withLock { state in
            state.open -= 1
            state.leave(admitted)
            state.feeds[scope.workspace]?.streams -= 1
            if state.feeds[scope.workspace]?.streams == 0 { state.feeds[scope.workspace] = nil }
            if let grant = scope.grant, let count = state.grants[grant] { state.grants[grant] = count > 1 ? count - 1 : nil }
        }
    }

    func ring(of workspace: WorkspaceID) -> FeedRing? { state.withLock { $0.feeds[workspace]?.ring } }

    func loop(of eventLoop: any EventLoop) -> FeedLoop {
        state.withLock { state in
            let id = ObjectIdentifier(eventLoop)
            if let loop = state.loops[id] { return loop }
            let loop = FeedLoop(eventLoop) { [weak self] in self?.ring(of: $0) }
            state.loops[id] = loop
            return loop
        }
    }
}
