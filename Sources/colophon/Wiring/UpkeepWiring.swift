import ColophonCore
import ColophonStore
import Foundation

/// What the commands for operators work on: a ledger and its bytes, without the patience of those who serve.
struct UpkeepParts {
    var store: SQLStore
    var blobs: any BlobStore
    var database: any SQLDatabase
    var limits: Limits

    /// Opens what a server works on, or may be about to, and closes it however `body` ends.
    ///
    /// - Parameter mustExist: Whether there must be data already; otherwise it is made.
    static func with<Result>(
        _ service: ServiceOptions, mustExist: Bool, _ body: (UpkeepParts) async throws -> Result
    ) async throws -> Result {
        var choice = service.database.choice
        switch choice {
        case .embedded:
            guard !mustExist || FileManager.default.fileExists(atPath: service.data.databasePath) else {
                throw ExitStatusError(.usage, "There is no Colophon data in \(service.data.path); give --data.")
            }
        case .postgres(var settings):
            // Reading a whole table takes longer than any request may, and a slow disk may hold up what is read.
            (settings.statementTimeout, settings.idleTransactionTimeout) = (.seconds(3600), .seconds(3600))
            settings.connections = 4
            choice = .postgres(settings)
        }
        let limits = try service.limits.limits()
        return try await service.blobs.withStore(scratch: service.data.path) { [choice] blobs in
            let open = try await service.data.open(limits: limits, database: choice, blobs: blobs, logger: service.logger())
            let parts = UpkeepParts(store: SQLStore(open.database), blobs: open.library.blobs, database: open.database, limits: limits)
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await body(parts)) } catch { result = .failure(error) }
            try await open.close()
            return try result.get()
        }
    }
}
