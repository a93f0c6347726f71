import ArgumentParser
import ColophonBlobs
import ColophonCore
import ColophonExtraction
import ColophonStore
import ColophonTransport
import Foundation
import Logging

/// Where this installation keeps its database, its blobs and the local key.
struct DataFolder: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder (COLOPHON_DATA; default ./colophon-data).")
    var folder: String?

    var path: String { folder ?? ProcessInfo.processInfo.environment["COLOPHON_DATA"] ?? "colophon-data" }

    /// The key that was made at first start, for commands on this machine.
    var keyPath: String { "\(path)/local.key" }

    /// Where the workers of this host hold their locks.
    var workersPath: String { "\(path)/workers" }

    var databasePath: String { "\(path)/colophon.sqlite" }

    /// Opens what all commands share, and makes it at first.
    ///
    /// - Parameters:
    ///   - blobs: Nil keeps bytes in this folder.
    ///   - listens: Whether other processes' hints are wanted, which takes a socket or a connection.
    func open(
        limits: Limits, database choice: DatabaseChoice, blobs: (any BlobStore)? = nil, listens: Bool = false, logger: Logger
    ) async throws -> OpenData {
        // The database and all that SQLite lays beside it are their owner's alone, in whatever folder they are.
        umask(0o077)
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ColophonError(.unavailable, "The data folder \(path) cannot be made.", cause: error)
        }
        try RestoreMark(self).check()
        let database: any SQLDatabase =
            switch choice {
            case .embedded(let durability): try await SQLiteDatabase.open(path: databasePath, durability: durability)
            case .postgres(let settings): try await PostgresDatabase.open(settings)
            }
        let wake = WakeSignal()
        let hints = listens ? hints(for: choice, wake: wake, logger: logger) : NoHints()
        let library = Library(
            store: SQLStore(database), blobs: try blobs ?? LocalBlobStore(root: "\(path)/blobs"), limits: limits,
            extractor: NativeExtractor.identity, wake: wake, hints: hints, logger: logger)
        return OpenData(library: library, database: database)
    }

    /// Between processes on one folder a socket, between hosts the database server. Without hints work is found by looking once a second.
    private func hints(for choice: DatabaseChoice, wake: WakeSignal, logger: Logger) -> any QueueHints {
        do {
            if case .postgres(let settings) = choice { return try PostgresHints(settings, wake: wake, logger: logger) }
            return try SocketHints(folder: "\(path)/hints", wake: wake)
        } catch {
            logger.warning("Hints are off; work is found by looking once a second.", metadata: ["error": "\(error)"])
            return NoHints()
        }
    }

    /// Makes the default workspace and its first key, unless there is one already.
    ///
    /// - Returns: The key, if it was made now: it is said once.
    func mintFirstKey(_ library: Library) async throws -> APIKey? {
        try await library.store.ensureWorkspace(Library.defaultWorkspace, name: "default")
        guard try await library.store.keys().isEmpty else { return nil }
        return try await library.createKey(named: "first key") { try LocalKey.write($0.text, to: keyPath) }
    }
}

struct OpenData {
    var library: Library
    var database: any SQLDatabase

    func close() async throws {
        await library.hints.close()
        try await database.close()
    }
}
