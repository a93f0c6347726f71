import ColophonCore
import ColophonStore
import Logging

/// The hints of a measured queue, as `serve` and `work` have them: the worker listens on one side, the sender announces on the other.
struct Hints {
    let wake = WakeSignal()
    private let listener: any QueueHints
    private let sender: any QueueHints

    init(_ rig: QueueRig) async throws {
        guard let database = rig.database as? PostgresDatabase else {
            (listener, sender) = (NoHints(), NoHints())
            return
        }
        let logger = Logger(label: "bench")
        listener = try PostgresHints(database.settings, wake: wake, logger: logger)
        sender = try PostgresHints(database.settings, wake: WakeSignal(), logger: logger)
    }

    /// Embedded, sender and worker are one process and share the signal; over a server they are two.
    func announce() { if sender is NoHints { wake.signal() } else { sender.announce() } }

    func close() async {
        await sender.close()
        await listener.close()
    }
}
