import ColophonCore
import ColophonStore
import Foundation

/// What the commands for operators work on: a ledger and its bytes, without the patience of those who serve.
struct UpkeepParts {
    var store: SQLStore
    var blobs: any BlobStore
    var database: any SQLDatabase
    var limits: Limits

    /// Opens what a server works on, or may be about to.
    ///
    /// - Parameter mustExist: Whether there must be data already; otherwise it is made.
    static func open(_ service: ServiceOptions, mustExist: Bool) async throws -> UpkeepParts {
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
        let open = try await service.data.open(limits: limits, database: choice, logger: service.logger())
        return UpkeepParts(store: SQLStore(open.database), blobs: open.library.blobs, database: open.database, limits: limits)
    }
}
