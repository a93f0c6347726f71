import Synchronization

/// Lets so many in at once; the others wait in the order they came, and no more wait than may.
package final class Gate: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextID: UInt64 = 0
    }

    private let state: Mutex<State>
    private let waitingMax: Int

    /// - Parameters:
    ///   - width: How many are in at once, at least 1.
    ///   - waitingMax: How many may wait.
    package init(width: Int, waitingMax: Int) {
        precondition(width > 0, "a gate lets somebody in")
        state = Mutex(State(free: width))
        self.waitingMax = waitingMax
    }

    /// Runs `body` once there is room.
    ///
    /// - Throws: `unavailable` when too many wait already, `CancellationError` when the task is cancelled while it waits, and what
    ///   `body` throws.
    package func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard try await enter() else { throw CancellationError() }
        defer { leave() }
        return try await body()
    }

    /// - Returns: Whether the caller is in; false when it was cancelled.
    private func enter() async throws -> Bool {
        enum Turn {
            case now
            case later(UInt64)
            case never
        }
        let turn: Turn = state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return .now
            }
            guard state.waiting.count < waitingMax else { return .never }
            state.nextID += 1
            return .later(state.nextID)
        }
        switch turn {
        case .now: return true
        case .never: throw ColophonError(.unavailable, "The server is too busy; try again.", retryAfterSeconds: 1)
        case .later(let id): return await wait(as: id)
        }
    }

    private func wait(as id: UInt64) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    // Somebody may have left since the caller looked.
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
            waiter?.resume(returning: false)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
