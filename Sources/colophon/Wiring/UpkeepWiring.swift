import ColophonCore
import ColophonStore

/// What the commands for operators work on: a ledger and its bytes, without the patience of those who serve.
struct UpkeepParts {
    var store: SQLStore
    var blobs: any BlobStore
    var limits: Limits

    /// Opens what a server works on, or may be about to, and closes it however `body` ends.
    ///
    /// - Parameter mustExist: Whether there must be data already; otherwise it is made.
    static func with<Result>(
        _ service: ServiceOptions, mustExist: Bool, _ body: (UpkeepParts) async throws -> Result
    ) async throws -> Result {
        try await service.withData(readsTables: true, mustExist: mustExist, logger: service.logger()) { open in
            try await body(
                UpkeepParts(store: SQLStore(open.database), blobs: open.library.blobs, limits: open.library.limits))
        }
    }
}
