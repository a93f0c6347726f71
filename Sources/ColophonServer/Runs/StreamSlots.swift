import ColophonCore
import Synchronization

/// How many streams may be open at once: each holds a connection and asks the database again and again.
final class StreamSlots: Sendable {
    private struct State {
        var all = 0
        var ofEach: [WorkspaceID: Int] = [:]
    }

    private let most: Int
    private let mostOfOne: Int
    private let taken = Mutex(State())

    /// - Parameter mostOfOne: How many one workspace may have of them: it should not take them all from others.
    init(_ most: Int, ofOne mostOfOne: Int) { (self.most, self.mostOfOne) = (most, mostOfOne) }

    /// - Returns: What keeps the slot until it goes, with the answer that holds it, however that ends.
    /// - Throws: `rateLimited` when the workspace has as many as it may, `unavailable` when all are taken.
    func take(for workspace: WorkspaceID) throws -> Slot {
        try taken.withLock { taken in
            guard taken.ofEach[workspace, default: 0] < mostOfOne else {
                throw ColophonError(
                    .rateLimited, "This workspace has \(mostOfOne) streams of runs open; close one.", reason: "TOO_MANY_STREAMS",
                    retryAfterSeconds: 5)
            }
            guard taken.all < most else {
                throw ColophonError(.unavailable, "Too many streams are open; try again.", retryAfterSeconds: 5)
            }
            taken.all += 1
            taken.ofEach[workspace, default: 0] += 1
        }
        return Slot(slots: self, workspace: workspace)
    }

    private func giveBack(_ workspace: WorkspaceID) {
        taken.withLock { taken in
            taken.all -= 1
            let left = taken.ofEach[workspace, default: 1] - 1
            taken.ofEach[workspace] = left > 0 ? left : nil
        }
    }

    final class Slot: Sendable {
        private let slots: StreamSlots
        private let workspace: WorkspaceID

        fileprivate init(slots: StreamSlots, workspace: WorkspaceID) { (self.slots, self.workspace) = (slots, workspace) }

        deinit { slots.giveBack(workspace) }
    }
}
