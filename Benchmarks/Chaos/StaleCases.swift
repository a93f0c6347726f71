import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation

/// Has a worker's claim end in every way there is, and then lets the worker try everything under it: nothing may change.
struct StaleCases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stale", abstract: "Workers that wake late try to write.")

    @Option(help: "How many claims that ended.") var cases = 10_000
    @Option(help: "Decides how each ends and what is tried.") var seed: UInt64 = 1
    @Flag(help: "On a PostgreSQL server of its own.") var postgres = false

    func run() async throws {
        let server = postgres ? try await PostgresServer.start(settings: ["fsync=off"]) : nil
        let database: any SQLDatabase =
            if let server { try await PostgresDatabase.open(PostgresSettings(url: server.url)) } else {
                try await SQLiteDatabase.inMemory()
            }
        let start = ContinuousClock.now
        let (effects, tries) = try await StaleHarness(database: database, seed: seed).run(cases)
        let violations = try await SQLStore(database).violations(limit: 20)
        try await database.close()
        await server?.stop()
        let seconds = start.duration(to: .now).components.seconds
        print("\(cases) claims that had ended, \(tries) writes tried under them, \(effects.count) with an effect; \(seconds) s")
        for finding in effects.prefix(20) + violations { print("BROKEN \(finding)") }
        guard effects.isEmpty, violations.isEmpty else { throw ExitCode(1) }
    }
}
