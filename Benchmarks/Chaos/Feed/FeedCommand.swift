import ArgumentParser
import ColophonProcesses
import Foundation

/// Readers follow the feed over connections that are cut, from a server that is killed, while many transactions write; at the end each must
/// have seen what is stored, in order and once.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Readers of the change feed, cut connections and a server that is killed.")

    @Option(help: "How many changes are made.") var changes = 20_000
    @Option(help: "How many transactions write at once.") var writers = 32
    @Option(help: "How many processes they are in.") var processes = 4
    @Option(help: "How many readers follow.") var readers = 64
    @Option(help: "How many workspaces there are.") var workspaces = 16
    @Option(help: "How often the server is killed.") var kills = 3
    @Option(help: "How long a transaction is held open at most, in milliseconds; PostgreSQL alone.") var holdMax = 200
    @Option(help: "How many of a hundred transactions are held open.") var holdShare = 10
    @Option(help: "counter, or serial to see the run fail; PostgreSQL alone.") var numbering = FeedNumbering.counter
    @Option(help: "How long readers may take to come to the end, in seconds.") var settle = 60
    @Option(help: "Decides what is written, read, cut and killed.") var seed: UInt64 = 1
    @Flag(help: "On a PostgreSQL server of its own.") var postgres = false
    @Flag(help: "Do not sync that server's commits.") var unsynced = false
    @Option(help: "The program; default the one beside this.") var program: String?

    func validate() throws {
        guard numbering == .counter || postgres else { throw ValidationError("Sequences take --postgres.") }
    }

    func run() async throws {
        let folder = NSTemporaryDirectory() + "/colophon-feed-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings = ["max_connections=200", "shared_buffers=256MB", "max_wal_size=4GB"] + (unsynced ? ["fsync=off"] : [])
        let server = postgres ? try await PostgresServer.start(settings: settings) : nil
        let findings: [String]
        do { findings = try await FeedRun(plan: self, folder: folder, server: server).run() } catch {
            findings = ["the run itself: \(error)"]
        }
        await server?.stop()
        guard findings.isEmpty else {
            for finding in findings.prefix(20) { print("BROKEN \(finding)") }
            if findings.count > 20 { print("BROKEN and \(findings.count - 20) more") }
            print("the server's log is \(folder)/data.log")
            throw ExitCode(1)
        }
        try? FileManager.default.removeItem(atPath: folder)
        print("every reader saw every change, in order and once")
    }
}
