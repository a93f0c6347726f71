import Synchronization

/// What the server has accepted so far.
final class UploadLog: Sendable {
    private struct State {
        var accepted: [Rampage.Accepted] = []
        var retries = 0
    }

    private let state = Mutex(State())

    var accepted: [Rampage.Accepted] { state.withLock { $0.accepted } }
    var retries: Int { state.withLock { $0.retries } }

    func add(_ upload: Rampage.Accepted) { state.withLock { $0.accepted.append(upload) } }
    func countRetry() { state.withLock { $0.retries += 1 } }
}
