import ColophonCore
import Logging
import Synchronization

/// Whether the stored bytes are away: a worker that goes on claiming then would use up the attempts of every run that waits.
final class Outage: Sendable {
    /// How often it is asked whether they are back.
    static let pause: Duration = .seconds(1)

    private let blobs: any BlobStore
    private let logger: Logger
    private let isOn = Mutex(false)

    init(blobs: any BlobStore, logger: Logger) {
        self.blobs = blobs
        self.logger = logger
    }

    /// Whether what ended an attempt is that no bytes can be read or written at all, not these alone.
    func isBehind(_ error: any Error) async -> Bool {
        guard let error = error as? ColophonError, [.unavailable, .storageFull].contains(error.code) else { return false }
        return await look()
    }

    /// Returns at once while there is no outage; else when it is over, or when the task is cancelled.
    func end(on clock: any SteadyClock) async {
        while isOn.withLock({ $0 }), await look() {
            do { try await clock.sleep(for: Self.pause) } catch { return }
        }
    }

    private func look() async -> Bool {
        do {
            try await blobs.check()
            if set(false) { logger.notice("Stored bytes can be read and written again; work goes on.") }
            return false
        } catch {
            if !set(true) { logger.error("Stored bytes are away; no work is begun until they are back.", metadata: ["error": "\(error)"]) }
            return true
        }
    }

    /// - Returns: What it was before.
    private func set(_ value: Bool) -> Bool {
        isOn.withLock { isOn in
            defer { isOn = value }
            return isOn
        }
    }
}
