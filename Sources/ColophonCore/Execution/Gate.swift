import Synchronization

/// Lets so many in at once; the others wait in the order they came, and no more wait than may.
package final class Gate: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Entry, Never>)] = []
        var nextID: UInt64 = 0
    }

    private enum Entry {
        case inside, cancelled, tooLate
    }

    private let state: Mutex<State>
    private let waitingMax: Int
    private let patience: Duration?

    /// - Parameters:
    ///   - width: How many are in at once, at least 1.
    ///   - waitingMax: How many may wait.
    ///   - patience: How long each of them may; nil is for ever.
    package init(width: Int, waitingMax: Int, patience: Duration? = nil) {
        precondition(width > 0, "a gate lets somebody in")
        state = Mutex(State(free: width))
        self.waitingMax = waitingMax
        self.patience = patience
    }

    /// Runs `body` once there is room.
    ///
    /// - Throws: `unavailable` when too many wait already, or the wait was too long, `CancellationError` when the task is cancelled while it
    ///   waits, and what `body` throws.
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
        case .never: throw Self.tooBusy()
        case .later(let id):
            switch await waitInTime(as: id) {
            case .inside: return true
            case .cancelled: return false
            case .tooLate: throw Self.tooBusy()
            }
        }
    }

    private static func tooBusy() -> ColophonError {
        ColophonError(.unavailable, "The server is too busy; try again.", retryAfterSeconds: 1)
    }

    private func waitInTime(as id: UInt64) async -> Entry {
        guard let patience else { return await wait(as: id) }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                guard (try? await Task.sleep(for: patience)) != nil else { return }
                self.end(id, as: .tooLate)
            }
            let entry = await wait(as: id)
            group.cancelAll()
            return entry
        }
    }

    private func end(_ id: UInt64, as entry: Entry) {
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
        }
        waiter?.resume(returning: entry)
    }

    private func wait(as id: UInt64) async -> Entry {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Entry? = state.withLock { state in
                    if Task.isCancelled { return .cancelled }
                    // Somebody may have left since the caller looked.
                    if state.free > 0 {
                        state.free -= 1
                        return .inside
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            end(id, as: .cancelled)
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Entry, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: .inside)
    }
}
