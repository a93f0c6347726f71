import ColophonClient
import Synchronization

/// Says on standard error when the connection breaks and when it is there again, once each.
final class WatchNotices: Sendable {
    private enum State { case fresh, connected, interrupted, polling }

    private let state = Mutex(State.fresh)

    func tell(_ notice: ConnectionNotice) {
        let text: String? = state.withLock { state in
            let before = state
            switch notice {
            case .connected:
                state = .connected
                return before == .interrupted || before == .polling ? "connected again" : nil
            case .interrupted(let cause):
                guard before == .fresh || before == .connected else { return nil }
                state = .interrupted
                return "the connection broke (\(cause?.message ?? "the server closed it")); connecting again"
            case .polling:
                guard before != .polling else { return nil }
                state = .polling
                return "the stream cannot be had; asking every few seconds instead"
            }
        }
        if let text { Terminal.note(text) }
    }
}
