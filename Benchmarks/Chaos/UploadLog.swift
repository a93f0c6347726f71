import Synchronization

/// What the server has accepted so far, and how many processes have died meanwhile.
final class UploadLog: Sendable {
    private struct State {
        var accepted: [Rampage.Accepted] = []
        var retries = 0
        var kills = 0
    }

    private let state = Mutex(State())

    var accepted: [Rampage.Accepted] { state.withLock { $0.accepted } }
    var retries: Int { state.withLock { $0.retries } }
    var kills: Int { state.withLock { $0.kills } }

    func add(_ upload: Rampage.Accepted) { state.withLock { $0.accepted.append(upload) } }
    func countRetry() { state.withLock { $0.retries += 1 } }
    func countKill() { state.withLock { $0.kills += 1 } }
}
