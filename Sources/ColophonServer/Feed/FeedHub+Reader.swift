import ColophonCore
import Logging
import Synchronization

extension FeedHub {
    /// How often all feeds are looked at: whatever is told of some, nobody may have told of others.
    private static let lookInterval: Duration = .seconds(1)
    /// Beyond so many feeds one question tells which have moved.
    private static let askedOneByOne = 4
    /// How long a ring keeps its newest frames: whoever has not taken them by then goes on from the table.
    private static let keptFor: Duration = .seconds(5)

    func follow() async {
        let clock = library.machine.clock
        var lookAt = clock.elapsed()
        var isAway = false
        while !Task.isCancelled {
            let left = max(.zero, lookAt - clock.elapsed())
            var dirty = await library.feed.wait(timeout: left, on: clock)
            if clock.elapsed() >= lookAt {
                dirty = .all
                lookAt = clock.elapsed() + Self.lookInterval
                forgetOld(now: clock.elapsed())
            }
            do {
                try await extend(followed(dirty))
                isAway = false
            } catch {
                if Task.isCancelled { return }
                if !isAway { library.logger.warning("Streams stand still: feeds cannot be read.", metadata: ["error": "\(error)"]) }
                isAway = true
            }
        }
    }

    /// So that memory is for what is new, and not for every workspace that somebody follows.
    private func forgetOld(now: Duration) {
        state.withLock { state in
            for (workspace, feed) in state.feeds where !feed.ring.chunks.isEmpty && now - feed.movedAt > Self.keptFor {
                state.feeds[workspace]?.ring = FeedRing(head: feed.ring.head)
            }
        }
    }

    private func followed(_ dirty: FeedSignal.Dirty) -> [(scope: WorkspaceScope, head: Int64)] {
        state.withLock { state in
            switch dirty {
            case .all: state.feeds.values.map { ($0.scope, $0.ring.head) }
            case .some(let workspaces):
                workspaces.compactMap { workspace in state.feeds[workspace].map { ($0.scope, $0.ring.head) } }
            }
        }
    }

    private func extend(_ followed: [(scope: WorkspaceScope, head: Int64)]) async throws {
        var moved = followed
        if followed.count > Self.askedOneByOne {
            let positions = try await library.store.feeds(in: followed.map(\.scope))
            moved = followed.filter { positions[$0.scope.workspace].map(\.head) != $0.head }
        }
        var failure: (any Error)?
        // One that cannot be read must not hold up the others.
        for (scope, head) in moved { do { try await extend(scope, from: head) } catch { failure = error } }
        if let failure { throw failure }
    }

    /// Brings a workspace's ring up to its feed's head, and its streams with it.
    private func extend(_ scope: WorkspaceScope, from known: Int64) async throws {
        var head = known
        while !Task.isCancelled {
            let slice = try await library.store.feed(after: head, limit: FeedRing.framesMax, in: scope)
            // The feed was set back, or retention went past what nobody had read: streams find out where they are from the table. So they do
            // where a damaged ledger lacks changes: others' streams must not end for that.
            if !slice.feed.continues(head) || !slice.isDense(after: head) {
                return publish(scope.workspace, after: head) { $0 = FeedRing(head: slice.feed.head) }
            }
            guard !slice.changes.isEmpty else { return }
            let chunk = FeedRing.Chunk(slice.changes)
            publish(scope.workspace, after: head) { $0.append(chunk) }
            head = chunk.last
            if head >= slice.feed.head { return }
        }
    }

    private func publish(_ workspace: WorkspaceID, after head: Int64, _ change: (inout FeedRing) -> Void) {
        let now = library.machine.clock.elapsed()
        let loops = state.withLock { state -> [FeedLoop] in
            // Whoever left and came back meanwhile has a ring of its own.
            guard var feed = state.feeds[workspace], feed.ring.head == head else { return [] }
            // Its frames are moved, not copied.
            state.feeds[workspace] = nil
            change(&feed.ring)
            feed.movedAt = now
            state.feeds[workspace] = feed
            return Array(state.loops.values)
        }
        for loop in loops { loop.deliver(workspace) }
    }
}
