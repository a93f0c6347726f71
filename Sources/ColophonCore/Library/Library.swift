package import Logging

/// What handlers, workers and tests call: it checks, authorises, stores and wakes. Drivers only store.
package struct Library: Sendable {
    package let store: any Store
    package let blobs: any BlobStore
    package let limits: Limits
    package let extractor: ExtractorIdentity
    /// Signalled when a job may have become due in this process.
    package let wake: WakeSignal
    /// Tells other processes the same.
    package let hints: any QueueHints
    package let logger: Logger
    package let machine: Machine
    /// Showing a page reads a whole structure into memory: few at once, whoever asks.
    let pageGate = Gate(width: 2, waitingMax: 64)

    package init(
        store: any Store, blobs: any BlobStore, limits: Limits, extractor: ExtractorIdentity, wake: WakeSignal = WakeSignal(),
        hints: any QueueHints = NoHints(), logger: Logger, machine: Machine = .real
    ) {
        self.store = store
        self.blobs = blobs
        self.limits = limits
        self.extractor = extractor
        self.wake = wake
        self.hints = hints
        self.logger = logger
        self.machine = machine
    }

    /// The same over another machine's time and chance.
    package func on(_ machine: Machine) -> Library {
        Library(
            store: store, blobs: blobs, limits: limits, extractor: extractor, wake: wake, hints: hints, logger: logger, machine: machine)
    }

    /// Says that a job may have become due, here and to other processes.
    package func announceWork() {
        wake.signal()
        hints.announce()
    }

    /// Proves that uploads and runs can be stored.
    ///
    /// - Throws: `ColophonError` that names what is away.
    package func checkReadiness() async throws {
        try await store.check()
        try await blobs.check()
    }
}
