import Synchronization

/// The id of a key's own workspace, once the server has told it; copies of a client share it.
final class OwnWorkspace: Sendable {
    private let known = Mutex<String?>(nil)

    var id: String? {
        get { known.withLock { $0 } }
        set { known.withLock { $0 = newValue } }
    }
}
