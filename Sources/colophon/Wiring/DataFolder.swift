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
        let receiver = HintReceiver(wake: WakeSignal())
        let hints = listens ? hints(for: choice, receiver, logger: logger) : NoHints()
        let database: any SQLDatabase
        do {
            database = try await open(choice) { workspaces in
                receiver.feed.note(workspaces)
                hints.announce(.feed)
            }
        } catch {
            await hints.close()
            throw error
        }
        let library = Library(
            store: SQLStore(database), blobs: try blobs ?? LocalBlobStore(root: "\(path)/blobs"), limits: limits,
            recipe: NativeExtractor.recipe(for: limits), wake: receiver.wake, feed: receiver.feed, hints: hints,
            logger: logger)
        return OpenData(library: library, database: database)
    }

    private func open(_ choice: DatabaseChoice, onChanges: @escaping ChangesCommitted) async throws -> any SQLDatabase {
        switch choice {
        case .embedded(let durability):
            try await SQLiteDatabase.open(path: databasePath, durability: durability, onChanges: onChanges)
        case .postgres(let settings): try await PostgresDatabase.open(settings, onChanges: onChanges)
        }
    }

    /// Between processes on one folder a socket, between hosts the database server. Without hints work is found by looking once a second.
    private func hints(for choice: DatabaseChoice, _ receiver: HintReceiver, logger: Logger) -> any PeerHints {
        do {
            if case .postgres(let settings) = choice { return try PostgresHints(settings, receiver, logger: logger) }
            return try SocketHints(folder: "\(path)/hints", receiver)
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
