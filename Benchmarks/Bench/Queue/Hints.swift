import ColophonCore
import ColophonStore
import Logging

/// The hints of a measured queue, as `serve` and `work` have them: the worker listens on one side, the sender announces on the other.
struct Hints {
    let wake = WakeSignal()
    private let listener: any PeerHints
    private let sender: any PeerHints

    init(_ rig: QueueRig) async throws {
        guard let database = rig.database as? PostgresDatabase else {
            (listener, sender) = (NoHints(), NoHints())
            return
        }
        let logger = Logger(label: "bench")
        listener = try PostgresHints(database.settings, HintReceiver(wake: wake), logger: logger)
        sender = try PostgresHints(database.settings, HintReceiver(wake: WakeSignal()), logger: logger)
    }

    /// Embedded, sender and worker are one process and share the signal; over a server they are two.
    func announce() { if sender is NoHints { wake.signal() } else { sender.announce(.work) } }

    func close() async {
        await sender.close()
        await listener.close()
    }
}
