import ArgumentParser
import ColophonCore
import ColophonProcesses
import ColophonStore
import Foundation

/// What an old snapshot costs: dead rows cannot be cleared away while somebody might still look at them.
struct SnapshotBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot", abstract: "The rate on PostgreSQL while an old snapshot is held open.")

    @Option(help: "How long the snapshot is held before the last rate is taken, in seconds.") var seconds = 120
    @Option(help: "The window in which a rate is taken, in seconds.") var window = 10
    @Option(help: "How many windows the first and the last rate are the median of.") var windows = 3
    @Option(help: "How many claim at once.") var workers = 4
    @Option(help: "How many are claimed at once.") var batch = 100
    @Flag(inversion: .prefixedNo, help: "Hold a snapshot; without one this says how the rate changes by itself.") var hold = true

    func run() async throws {
        try await QueueRig.withServer(.postgres) { server in
            guard let server else { return }
            try await QueueRig.with(.postgres, server: server) { rig in
                let load = SteadyLoad(rig: rig, workers: workers, batch: batch)
                let rates = try await load.rates(windows: windows + seconds / window + windows, window: window) { index in
                    // The first windows are healthy; then the snapshot is taken, and not given back until the end.
                    if hold, index == windows { _ = try await HeldSnapshot(server, seconds: seconds + window * windows + 60) }
                }
                let (healthy, last) = (Spread(Array(rates.prefix(windows))).median, Spread(Array(rates.suffix(windows))).median)
                print(
                    "jobs a second in windows of \(window) s, \(hold ? "a snapshot held after the first \(windows)" : "no snapshot held"):")
                print("  " + rates.map { "\(Int($0))" }.joined(separator: " "))
                print("  after \(seconds) s: \(String(format: "%.0f", last / healthy * 100)) % of \(Int(healthy))/s")
            }
        }
    }
}

/// A transaction that looked once and then stays open; it ends with its process.
struct HeldSnapshot {
    private static let name = "held-snapshot"

    /// - Throws: When the server does not hold the snapshot within ten seconds: what is measured then would mean nothing.
    init(_ server: PostgresServer, seconds: Int) async throws {
        let sql = "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class; SELECT pg_sleep(\(seconds));"
        _ = try ChildProcess("/usr/bin/psql", ["-X", "-q", server.url, "-c", sql], environment: ["PGAPPNAME": Self.name])
        let isHeld =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(Self.name)' AND wait_event = 'PgSleep' "
            + "AND backend_xmin IS NOT NULL"
        let end = ContinuousClock.now + .seconds(10)
        while try await server.execute(isHeld) != "1" {
            guard ContinuousClock.now < end else { throw ColophonError(.unavailable, "The snapshot is not held.") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
