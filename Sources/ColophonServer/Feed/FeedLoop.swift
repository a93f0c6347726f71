import ColophonCore
import NIOCore
import Synchronization

/// The streams whose connections one event loop serves; used on that loop alone.
final class FeedLoop: Sendable {
    private struct State {
        var streams: [WorkspaceID: [ObjectIdentifier: FeedStream]] = [:]
        var timer: RepeatedTask?
        /// Those that the current round has still to come to.
        var round: ArraySlice<FeedStream> = []
        /// How long the current round has worked so far.
        var worked = TimeAmount.zero
        var isResting = false
    }

    /// How many streams are served before the loop looks at its other connections: some two milliseconds' worth.
    private static let turnMax = 256
    /// How long a round waits at most for more to hand out with it.
    private static let restMax = TimeAmount.milliseconds(50)

    let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>
    private let ring: @Sendable (WorkspaceID) -> FeedRing?
    /// Workspaces with new frames that this loop has not come to yet.
    private let moved = Mutex<Set<WorkspaceID>>([])

    /// - Parameter ring: The newest frames of a workspace that somebody follows.
    init(_ eventLoop: any EventLoop, ring: @escaping @Sendable (WorkspaceID) -> FeedRing?) {
        (self.eventLoop, self.ring) = (eventLoop, ring)
        state = .makeBoxSendingValue(State(), eventLoop: eventLoop)
    }

    func add(_ stream: FeedStream) {
        state.value.streams[stream.workspace, default: [:]][ObjectIdentifier(stream)] = stream
        if state.value.timer == nil {
            state.value.timer = eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [weak self] _ in
                self?.tick()
            }
        }
    }

    func remove(_ stream: FeedStream) {
        state.value.streams[stream.workspace]?[ObjectIdentifier(stream)] = nil
        if state.value.streams[stream.workspace]?.isEmpty == true { state.value.streams[stream.workspace] = nil }
        if state.value.streams.isEmpty {
            state.value.timer?.cancel()
            state.value.timer = nil
        }
    }

    /// Hands the newest frames of a workspace to all who follow it here; callable from anywhere. What comes during a round is handed out
    /// together in the next one.
    func deliver(_ workspace: WorkspaceID) {
        let isFirst = moved.withLock { moved in
            defer { moved.insert(workspace) }
            return moved.isEmpty
        }
        if isFirst { eventLoop.execute { self.beginRound() } }
    }

    private func beginRound() {
        guard state.value.round.isEmpty, !state.value.isResting else { return }
        let moved = moved.withLock { moved in
            defer { moved = [] }
            return moved
        }
        state.value.worked = .zero
        state.value.round = moved.flatMap { state.value.streams[$0].map { Array($0.values) } ?? [] }[...]
        if !state.value.round.isEmpty { turn() }
    }

    private func turn() {
        let start = NIODeadline.now()
        let some = state.value.round.prefix(Self.turnMax)
        state.value.round.removeFirst(some.count)
        var rings: [WorkspaceID: FeedRing] = [:]
        for stream in some {
            if rings[stream.workspace] == nil { rings[stream.workspace] = ring(stream.workspace) }
            if let ring = rings[stream.workspace] { stream.advance(ring) }
        }
        state.value.worked = state.value.worked + (.now() - start)
        if state.value.round.isEmpty { return endRound() }
        // Not `execute`, which the loop would do before it looks at its connections.
        eventLoop.scheduleTask(in: .microseconds(1)) { self.turn() }
    }

    /// What costs is the write to each connection, not the frames in it: where changes come faster than they can be handed out one by one,
    /// the loop rests as long as it has worked. Whoever makes changes has the processor meanwhile, and a write takes several to a client.
    private func endRound() {
        if moved.withLock({ $0.isEmpty }) { return }
        state.value.isResting = true
        eventLoop.scheduleTask(in: min(state.value.worked, Self.restMax)) {
            self.state.value.isResting = false
            self.beginRound()
        }
    }

    /// Ends the streams that a test is true of.
    func end(where isOver: @escaping @Sendable (WorkspaceScope) -> Bool) {
        eventLoop.execute { [self] in
            // Ending one removes it.
            for streams in state.value.streams.values {
                for stream in streams.values where isOver(stream.scope) { stream.end() }
            }
        }
    }

    private func tick() {
        let now = NIODeadline.now()
        for streams in state.value.streams.values { for stream in streams.values { stream.tick(now) } }
    }
}
