import ColophonCore
import ColophonStore
import Testing

/// A store that the conformance suite runs against; every driver must pass every rule.
package enum StoreDriver: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqliteInMemory, sqliteFile

    package var testDescription: String { rawValue }

    /// An empty store with a clock that stands still.
    package func openEmpty() async throws -> OpenStore {
        let clock = ManualClock()
        switch self {
        case .sqliteInMemory:
            return try await OpenStore(database: .inMemory(clock: clock), clock: clock, folder: nil)
        case .sqliteFile:
            let folder = try TemporaryFolder()
            return try await OpenStore(database: .open(path: "\(folder.path)/test.sqlite", clock: clock), clock: clock, folder: folder)
        }
    }
}
