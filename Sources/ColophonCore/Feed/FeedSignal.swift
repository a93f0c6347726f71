import Synchronization

/// Says whose feeds are worth looking at. A lost signal costs one poll: the table is the truth.
package final class FeedSignal: Sendable {
    package enum Dirty: Sendable, Equatable {
        case all
        case some(Set<WorkspaceID>)
    }

    /// More than these are told apart by looking.
    private static let workspacesMax = 1024

    private let dirty = Mutex(Dirty.some([]))
    private let wake = WakeSignal()

    package init() {}

    /// Changes of these workspaces were committed by this process.
    package func note(_ workspaces: Set<WorkspaceID>) {
        dirty.withLock { dirty in
            guard case .some(let known) = dirty else { return }
            let union = known.union(workspaces)
            dirty = union.count > Self.workspacesMax ? .all : .some(union)
        }
        wake.signal()
    }

    /// Another process has committed changes of nobody knows whom.
    package func noteAll() {
        dirty.withLock { $0 = .all }
        wake.signal()
    }

    /// Waits for a signal, for `timeout` at most.
    ///
    /// - Returns: Whose feeds may have moved since the last call; all of them when the time ran out.
    package func wait(timeout: Duration, on clock: any SteadyClock = SystemSteadyClock()) async -> Dirty {
        await wake.wait(timeout: timeout, on: clock)
        return dirty.withLock { dirty in
            defer { dirty = .some([]) }
            return dirty == .some([]) ? .all : dirty
        }
    }
}
