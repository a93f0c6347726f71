package import ColophonCore
import ColophonProcesses
package import ColophonStore
import Testing

/// A store that the conformance suite runs against; every driver must pass every rule.
package enum StoreDriver: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqliteInMemory, sqliteFile, postgres

    package var testDescription: String { rawValue }

    /// An empty store with a clock that stands still.
    ///
    /// - Parameter onChanges: Told of every commit that moved a feed.
    package func openEmpty(onChanges: @escaping ChangesCommitted = { _ in }) async throws -> OpenStore {
        let clock = ManualClock()
        switch self {
        case .sqliteInMemory:
            return try await OpenStore(database: SQLiteDatabase.inMemory(clock: clock, onChanges: onChanges), clock: clock)
        case .sqliteFile:
            let folder = try TemporaryFolder()
            let database = try await SQLiteDatabase.open(path: "\(folder.path)/test.sqlite", clock: clock, onChanges: onChanges)
            return try await OpenStore(database: database, clock: clock, keepingAlive: folder)
        case .postgres:
            var settings = PostgresSettings(url: try await PostgresServer.shared().emptySchema())
            settings.connections = 4
            settings.clock = clock
            return try await OpenStore(database: PostgresDatabase.open(settings, onChanges: onChanges), clock: clock)
        }
    }

    /// An empty store whose workspace keeps things as a policy says.
    package func openKeeping(_ policy: RetentionPolicy) async throws -> OpenStore {
        let open = try await openEmpty()
        try await open.store.setRetention(policy, of: open.scope.workspace)
        return open
    }
}

extension Duration {
    package static let day = Duration.seconds(86_400)
}
