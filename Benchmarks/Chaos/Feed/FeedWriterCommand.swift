import ArgumentParser
import ColophonCore
import ColophonStore
import ColophonTransport
import Foundation
import Logging

/// One process of writers of a `feed` run; prints what it did as JSON.
struct FeedWriterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "feed-writer", abstract: "Writers of a feed run.", shouldDisplay: false)

    @Option var database: String
    @Option var tasks: Int
    @Option var changes: Int
    @Option var workspaces: Int
    @Option var holdMax: Int
    @Option var holdShare: Int
    @Option var seed: UInt64
    @Option var numbering: FeedNumbering
    /// Whether the server is told of each commit; otherwise it looks once a second.
    @Flag var announces = false

    func run() async throws {
        let hints = announces ? try Self.hints(database) : NoHints()
        let opened = try await Self.open(database, connections: tasks, hints: hints)
        let total = try await withThrowingTaskGroup(of: FeedWriter.Tally.self) { group in
            for task in 0..<tasks {
                let share = changes * (task + 1) / tasks - changes * task / tasks
                let writer = FeedWriter(
                    database: opened, workspaces: workspaces, numbering: numbering, hold: (holdMax, holdShare),
                    seed: seed &* 1000 &+ UInt64(task))
                group.addTask { try await writer.run(share) }
            }
            return try await group.reduce(FeedWriter.Tally(), +)
        }
        await hints.close()
        try await opened.close()
        print(String(decoding: try JSONEncoder().encode(total), as: UTF8.self))
    }

    /// A PostgreSQL server by its URL, or a file.
    static func open(_ database: String, connections: Int, hints: any PeerHints = NoHints()) async throws -> any SQLDatabase {
        let announce: ChangesCommitted = { _ in hints.announce(.feed) }
        guard PostgresSettings.isURL(database) else { return try await SQLiteDatabase.open(path: database, onChanges: announce) }
        var settings = PostgresSettings(url: database)
        settings.connections = connections
        return try await PostgresDatabase.open(settings, onChanges: announce)
    }

    private static func hints(_ database: String) throws -> any PeerHints {
        let receiver = HintReceiver(wake: WakeSignal())
        guard PostgresSettings.isURL(database) else {
            return try SocketHints(folder: (database as NSString).deletingLastPathComponent + "/hints", receiver)
        }
        return try PostgresHints(PostgresSettings(url: database), receiver, logger: Logger(label: "feed-writer"))
    }
}
